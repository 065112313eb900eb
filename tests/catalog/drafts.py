"""Drafts the catalogue's tests are about."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PIL import Image

from caravan.catalog.actions import edit_product
from caravan.catalog.queries.goods import product_to_edit
from caravan.catalog.rules import ProductDraft, VariantDraft
from caravan.kernel.money import Money
from tests.factories import AT

LATER = AT + timedelta(hours=1)


def variant(sku: str = "lamp-1", price: int = 1500, stock: int = 5, **fields: Any) -> VariantDraft:
    return VariantDraft(sku=sku, price=Money(price, fields.pop("currency", "USD")), stock=stock, **fields)


def draft(**fields: Any) -> ProductDraft:
    """A lamp with one variant."""
    return ProductDraft(
        **{
            "ref": "lamp",
            "title": "Brass desk lamp",
            "language": "en",
            "category": "lamps",
            "description": "Stands on three legs.",
            "variants": (variant(),),
            **fields,
        }
    )


def picture(color: str = "red", size: tuple[int, int] = (400, 300), format: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, format, **options)
    return out.getvalue()


def edited(act, store, product_id, at=LATER, **fields):
    """The seller opens the form of a product, changes some fields and sends it."""
    was = product_to_edit(store.pk, product_id).stored
    return edit_product(**act, product_id=product_id, draft=replace(was.draft, **fields), seen_at=was.updated_at, at=at)
