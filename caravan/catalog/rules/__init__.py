from caravan.catalog.rules.change import canonical, material_change, with_rows
from caravan.catalog.rules.check import check
from caravan.catalog.rules.draft import (
    VARIANT_CODES,
    AttributeSpec,
    FieldError,
    Pairs,
    ProductDraft,
    Specs,
    VariantDraft,
)
from caravan.catalog.rules.gtin import check_digit, gtin_error
from caravan.catalog.rules.locks import LockedPrice, moved_locks
from caravan.catalog.rules.text import one_line, paragraphs

__all__ = [
    "VARIANT_CODES",
    "AttributeSpec",
    "FieldError",
    "LockedPrice",
    "Pairs",
    "ProductDraft",
    "Specs",
    "VariantDraft",
    "canonical",
    "check",
    "check_digit",
    "gtin_error",
    "material_change",
    "moved_locks",
    "one_line",
    "paragraphs",
    "with_rows",
]
