"""Carts that show what a promotion does, made of its owner's own goods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.drafts import BundleDraft, BuyGetDraft, CouponDraft, Draft, SpendSaveDraft
from caravan.promotions.rules.facts import LineFacts
from caravan.promotions.rules.goods import GoodsFacts, VariantFacts

MOST_PIECES = 99

Cart = tuple[LineFacts, ...]


def examples(draft: Draft, goods: Sequence[GoodsFacts], gifts: Sequence[GoodsFacts], store_id: UUID, market: str) -> list[Cart]:
    """Carts of goods it is about that get what it gives, the smallest that do; none of what shows on cards anyway.

    `goods` are of its scope, `gifts` those it names; of each the first variant counts, at its price in `market`.
    """
    there = [one for one in goods if one.variants]
    return list(_examples(draft, there, [one for one in gifts if one.variants], store_id, market)) if there else []


def _examples(
    draft: Draft, goods: Sequence[GoodsFacts], gifts: Sequence[GoodsFacts], store_id: UUID, market: str
) -> Iterator[Cart]:  # fmt: skip
    first = goods[0]

    def line(one: GoodsFacts, quantity: int, variant_id: UUID | None = None) -> LineFacts:
        variant = _variant(one, variant_id)
        return LineFacts(variant.id, one.id, store_id, quantity, variant.listed(market), one.category)

    match draft:
        case BundleDraft():
            by_id = {one.id: one for one in goods}
            yield tuple(line(by_id[row.product_id], row.each, row.variant_id) for row in draft.goods if row.product_id in by_id)
        case BuyGetDraft():
            if gifts and gifts[0].id != first.id:
                yield (line(first, draft.buy), line(gifts[0], draft.get))
            else:
                yield (line(first, draft.buy + draft.get),)
        case SpendSaveDraft():
            for tier in draft.tiers:
                yield (line(first, tier.min_items or _pieces(first, tier.min_amount, market)),)
        case CouponDraft():
            yield (line(first, _pieces(first, draft.min_spend, market)),)


def _variant(one: GoodsFacts, variant_id: UUID | None) -> VariantFacts:
    return next((v for v in one.variants if v.id == variant_id), one.variants[0])


def _pieces(one: GoodsFacts, amount: Money | None, market: str) -> int:
    """How many come to `amount`; goods of another currency: one."""
    price = one.variants[0].listed(market)
    if amount is None or amount.currency != price.currency:
        return 1
    return min(MOST_PIECES, max(1, -(-amount.minor // price.minor)))
