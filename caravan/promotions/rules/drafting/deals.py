"""Deals on goods: limited ones, and bundles."""

from __future__ import annotations

from collections.abc import Iterator

from caravan.promotions.rules.drafting.frame import check_amount, check_product
from caravan.promotions.rules.drafts import BundleDraft, DealGoods, LimitedDraft
from caravan.promotions.rules.goods import OwnerFacts, Refusal
from caravan.promotions.rules.quotas import Quotas

PER_BUYER = 100
EACH, TIMES = 99, 99


def check_limited(draft: LimitedDraft, owner: OwnerFacts, quotas: Quotas) -> Iterator[Refusal]:
    """Each product once with a price or percentage, and no more pieces than there are. Past prices: `truth.py`."""
    if not draft.goods:
        yield Refusal("goods", "goods.none")
    if len(draft.goods) > quotas.goods:
        yield Refusal("goods", "goods.many", {"most": quotas.goods})
        return
    for i, row in enumerate(draft.goods):
        yield from _check_row(f"goods.{i}", row, owner)
        for other in draft.goods[:i]:
            if row.product_id == other.product_id and None in (row.variant_id, other.variant_id, *_same(row, other)):
                yield Refusal(f"goods.{i}", "goods.twice", {"title": _title(row, owner)})
                break


def _same(row: DealGoods, other: DealGoods) -> tuple[None, ...]:
    return (None,) if row.variant_id == other.variant_id else ()


def _title(row: DealGoods, owner: OwnerFacts) -> str:
    goods = owner.goods.get(row.product_id)
    return goods.title if goods else ""


def _check_row(field: str, row: DealGoods, owner: OwnerFacts) -> Iterator[Refusal]:
    refused = list(check_product(field, row.product_id, owner))
    yield from refused
    if refused:
        return
    variants = owner.goods[row.product_id].of(row.variant_id)
    if not variants:
        yield Refusal(field, "variant.unknown")
        return
    if row.price is not None and row.percent:
        yield Refusal(f"{field}.percent", "deal.both")
    elif row.price is not None:
        yield from check_amount(f"{field}.price", row.price, owner)
        if row.variant_id is None:
            yield Refusal(f"{field}.price", "deal.price_of_variant")
    elif not 1 <= row.percent <= 99:
        yield Refusal(f"{field}.percent", "percent.range", {"least": 1, "most": 99})
    if row.quantity is not None:
        if row.variant_id is None:
            yield Refusal(f"{field}.quantity", "deal.quantity_of_variant")
        elif row.quantity < 1:
            yield Refusal(f"{field}.quantity", "quantity.range")
        elif row.quantity > variants[0].stock:
            yield Refusal(f"{field}.quantity", "deal.stock", {"stock": variants[0].stock, "sku": variants[0].sku})
    if row.per_buyer is not None and not 1 <= row.per_buyer <= PER_BUYER:
        yield Refusal(f"{field}.per_buyer", "per_buyer.range", {"most": PER_BUYER})


def check_bundle(draft: BundleDraft, owner: OwnerFacts, quotas: Quotas) -> Iterator[Refusal]:
    """Two pieces or more, that cost less together. Past prices: `truth.py`."""
    if sum(row.each for row in draft.goods) < 2:
        yield Refusal("goods", "bundle.few")
    if len(draft.goods) > quotas.bundle_goods:
        yield Refusal("goods", "goods.many", {"most": quotas.bundle_goods})
        return
    refused = False
    for i, row in enumerate(draft.goods):
        for wrong in check_product(f"goods.{i}", row.product_id, owner):
            refused = True
            yield wrong
        if not refused and not owner.goods[row.product_id].of(row.variant_id):
            refused = True
            yield Refusal(f"goods.{i}", "variant.unknown")
        if not 1 <= row.each <= EACH:
            refused = True
            yield Refusal(f"goods.{i}.each", "number.range", {"least": 1, "most": EACH})
        if any((row.product_id, row.variant_id) == (other.product_id, other.variant_id) for other in draft.goods[:i]):
            yield Refusal(f"goods.{i}", "goods.twice", {"title": "" if refused else owner.goods[row.product_id].title})
    wrong_price = list(check_amount("price", draft.price, owner))
    yield from wrong_price
    if draft.times is not None and not 1 <= draft.times <= TIMES:
        yield Refusal("times", "number.range", {"least": 1, "most": TIMES})
    if refused or wrong_price or not draft.goods:
        return
    single = sum(min(v.price.minor for v in owner.goods[row.product_id].of(row.variant_id)) * row.each for row in draft.goods)
    if draft.price.minor >= single:
        yield Refusal("price", "bundle.dearer", {"single": type(draft.price)(single, owner.currency)})
