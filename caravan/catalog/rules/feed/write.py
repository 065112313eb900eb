"""Goods as rows of a product file, in the columns that an import reads."""

from __future__ import annotations

from collections.abc import Iterator

from caravan.catalog.rules.draft import ProductDraft
from caravan.catalog.rules.feed.columns import ATTRIBUTES, WRITTEN, escaped


def rows_of(draft: ProductDraft, *, category: str, links: tuple[str, ...]) -> Iterator[list[str]]:
    """A row per variant, cells in the order of `WRITTEN`. `category` and `links` are what an import finds the same things by."""
    alone = len(draft.variants) == 1 and draft.variants[0].sku == draft.ref
    for variant in draft.variants:
        said = dict(draft.attributes) | dict(variant.options)
        cells = {
            "id": variant.sku,
            "title": draft.title,
            "price": str(variant.price),
            "description": draft.description,
            "image_link": links[0] if links else "",
            "additional_image_link": escaped(links[1:]),
            "availability": "in_stock" if variant.stock else "out_of_stock",
            "brand": draft.brand,
            "gtin": draft.gtin,
            "product_type": category,
            "item_group_id": "" if alone else draft.ref,
            "shipping_weight": f"{draft.weight_grams} g" if draft.weight_grams else "",
            "shipping_length": _side(draft.length_mm),
            "shipping_width": _side(draft.width_mm),
            "shipping_height": _side(draft.height_mm),
            "product_detail": escaped([f":{code}:{value}" for code, value in said.items() if code not in ATTRIBUTES]),
            **{code: said.get(code, "") for code in ATTRIBUTES},
            "quantity": str(variant.stock),
            "origin_country": draft.origin,
            "hs_code": draft.hs_code,
            "content_language": draft.language,
            "market_prices": escaped([f"{market}:{price}" for market, price in variant.market_prices]),
            "customs_value": str(variant.customs_value) if variant.customs_value else "",
        }
        yield [cells[name] for name in WRITTEN]


def _side(millimetres: int) -> str:
    """In centimetres, as the specification has them: 205 is "20.5 cm"."""
    return f"{millimetres / 10:g} cm" if millimetres else ""
