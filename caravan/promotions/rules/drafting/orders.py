"""What is taken off orders: buy-and-get, and spend-and-save."""

from __future__ import annotations

from collections.abc import Iterator

from caravan.kernel.money import Money
from caravan.promotions.rules.drafting.deals import TIMES
from caravan.promotions.rules.drafting.frame import check_amount, check_product, check_scope
from caravan.promotions.rules.drafts import BuyGetDraft, SpendSaveDraft, TierDraft
from caravan.promotions.rules.goods import OwnerFacts, Refusal
from caravan.promotions.rules.quotas import Quotas

PIECES, ITEMS = 20, 999


def check_buy_get(draft: BuyGetDraft, owner: OwnerFacts) -> Iterator[Refusal]:
    """So many bought, so many got, at so much off."""
    for field, pieces in (("buy", draft.buy), ("get", draft.get)):
        if not 1 <= pieces <= PIECES:
            yield Refusal(field, "number.range", {"least": 1, "most": PIECES})
    if not 1 <= draft.percent <= 100:
        yield Refusal("percent", "percent.range", {"least": 1, "most": 100})
    if draft.times is not None and not 1 <= draft.times <= TIMES:
        yield Refusal("times", "number.range", {"least": 1, "most": TIMES})
    yield from check_scope(draft.scope, owner)
    for i, product_id in enumerate(draft.gifts):
        yield from check_product(f"gifts.{i}", product_id, owner)


def check_spend_save(draft: SpendSaveDraft, owner: OwnerFacts, quotas: Quotas) -> Iterator[Refusal]:
    """Steps of one measure (amounts or pieces), each higher than the one before and worth more."""
    yield from check_scope(draft.scope, owner)
    if not draft.tiers:
        yield Refusal("tiers", "tiers.none")
    if len(draft.tiers) > quotas.tiers:
        yield Refusal("tiers", "tiers.many", {"most": quotas.tiers})
        return
    for i, tier in enumerate(draft.tiers):
        refused = list(_check_tier(f"tiers.{i}", tier, owner))
        yield from refused
        if refused:
            return
    for i, (lower, tier) in enumerate(zip(draft.tiers, draft.tiers[1:], strict=False), start=1):
        if (lower.min_amount is None) != (tier.min_amount is None):
            yield Refusal(f"tiers.{i}", "tier.measure")
        elif _reached(tier) <= _reached(lower):
            yield Refusal(f"tiers.{i}", "tier.order")
        elif (lower.amount is None) != (tier.amount is None):
            yield Refusal(f"tiers.{i}", "tier.benefit")
        elif (tier.percent, _minor(tier.amount)) <= (lower.percent, _minor(lower.amount)):
            yield Refusal(f"tiers.{i}", "tier.worth")


def _check_tier(field: str, tier: TierDraft, owner: OwnerFacts) -> Iterator[Refusal]:
    if tier.min_amount is not None and tier.min_items:
        yield Refusal(field, "tier.both")
    elif tier.min_amount is not None:
        yield from check_amount(f"{field}.min_amount", tier.min_amount, owner)
    elif not 1 <= tier.min_items <= ITEMS:
        yield Refusal(field, "tier.threshold")
    yield from check_benefit(field, tier.percent, tier.amount, tier.cap, owner)
    if tier.amount is not None and tier.min_amount is not None and tier.amount.minor >= tier.min_amount.minor > 0:
        yield Refusal(f"{field}.amount", "tier.gives_all")


def check_benefit(prefix: str, percent: int, amount: Money | None, cap: Money | None, owner: OwnerFacts) -> Iterator[Refusal]:
    """Either an amount or a percentage, and a cap of a percentage only."""
    at = f"{prefix}." if prefix else ""
    if amount is not None and percent:
        yield Refusal(f"{at}percent", "benefit.both")
    elif amount is not None:
        yield from check_amount(f"{at}amount", amount, owner)
    elif not 1 <= percent <= 99:
        yield Refusal(f"{at}percent", "benefit.none")
    if cap is not None:
        yield from check_amount(f"{at}cap", cap, owner)
        if amount is not None:
            yield Refusal(f"{at}cap", "benefit.cap")


def _reached(tier: TierDraft) -> int:
    return tier.min_amount.minor if tier.min_amount is not None else tier.min_items


def _minor(amount: Money | None) -> int:
    return amount.minor if amount is not None else 0
