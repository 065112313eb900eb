"""The goods of a limited deal in the form: a product as a whole, or its variants one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from caravan.promotions.rules.drafts import DealGoods
from caravan.promotions.rules.goods import GoodsFacts
from caravan.web.seller_promotions.forms.fields import Fields

OF_VARIANT = ("price", "percent", "quantity", "per_buyer")


def limited_goods(fields: Fields, goods: Mapping[UUID, GoodsFacts]) -> list[tuple[str, DealGoods]]:
    """The rows, each with the name under which its fields stand: "p-<product>" or "v-<variant>".

    Where nothing is said of single variants, the product is in the deal as a whole. Where something is, those it is said of are,
    and by the product's percentage, if there is one, the others.
    """
    return [row for id in fields.typed.chosen("goods") for row in _rows(fields, id, goods.get(id))]


def _rows(fields: Fields, product_id: UUID, goods: GoodsFacts | None) -> Iterator[tuple[str, DealGoods]]:
    key = f"p-{product_id}"
    percent, per_buyer = fields.whole(f"{key}-percent") or 0, fields.whole(f"{key}-per_buyer")
    variants = goods.variants if goods else ()
    told = {v.id for v in variants if any(fields.typed[f"v-{v.id}-{name}"] for name in OF_VARIANT)}
    if not told:
        yield key, DealGoods(product_id=product_id, percent=percent, per_buyer=per_buyer)
        return
    for variant in variants:
        if variant.id not in told and not percent:
            continue
        row = f"v-{variant.id}"
        price, own, own_limit = fields.money(f"{row}-price"), fields.whole(f"{row}-percent"), fields.whole(f"{row}-per_buyer")
        yield (
            row,
            DealGoods(
                product_id=product_id,
                variant_id=variant.id,
                percent=own if own is not None else 0 if price is not None else percent,
                price=price,
                quantity=fields.whole(f"{row}-quantity"),
                per_buyer=own_limit if own_limit is not None else per_buyer,
            ),
        )
