"""What every promotion has to say, and the goods any of them may be about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from caravan.kernel.markets import countries
from caravan.kernel.money import Money
from caravan.promotions.rules.drafts import Draft, ScopeDraft
from caravan.promotions.rules.goods import OwnerFacts, Refusal
from caravan.promotions.rules.offers import Audience
from caravan.promotions.rules.quotas import Quotas
from caravan.promotions.rules.segments import Segment

NAME, REF = 60, 64  # most characters
MOST_MINOR = 10**12


def check_frame(draft: Draft, owner: OwnerFacts, at: datetime, quotas: Quotas) -> Iterator[Refusal]:
    """Name, time, markets, audience and cap."""
    frame = draft.frame
    if not frame.name:
        yield Refusal("name", "name.missing")
    if len(frame.name) > NAME:
        yield Refusal("name", "name.long", {"most": NAME})
    if len(frame.ref) > REF:
        yield Refusal("ref", "ref.long", {"most": REF})
    longest = quotas.longest[draft.kind]
    if frame.until <= frame.since:
        yield Refusal("until", "until.before")
    elif frame.until <= at:
        yield Refusal("until", "until.past")
    elif frame.until - max(frame.since, at) > longest + timedelta(hours=1):  # clocks may be put back in between
        yield Refusal("until", "until.long", {"most": longest.days})
    elif frame.since < at - quotas.ahead:
        yield Refusal("since", "since.past")
    elif frame.until > at + quotas.ahead:
        yield Refusal("until", "until.far", {"most": quotas.ahead.days})
    for market in frame.markets:
        if market not in countries():
            yield Refusal("markets", "market.unknown", {"market": market[:20]})
            break
    if frame.audience is Audience.SEGMENT and frame.segment not in tuple(Segment):
        yield Refusal("segment", "segment.unknown")
    if frame.budget is not None:
        yield from check_amount("budget", frame.budget, owner)


def check_amount(field: str, amount: Money, owner: OwnerFacts) -> Iterator[Refusal]:
    """An amount is more than zero, plausible, and in the owner's currency."""
    if amount.currency != owner.currency:
        yield Refusal(field, "amount.currency", {"currency": owner.currency})
    elif not 0 < amount.minor <= MOST_MINOR:
        yield Refusal(field, "amount.range")


def check_scope(scope: ScopeDraft, owner: OwnerFacts, field: str = "goods") -> Iterator[Refusal]:
    """The goods named are there, and the owner's."""
    if scope.group_id is not None and scope.group_id not in owner.groups:
        yield Refusal("group", "group.unknown")
    for path in scope.categories:
        if path not in owner.categories:
            yield Refusal("categories", "category.unknown", {"category": path[:80]})
            break
    if scope.products is not None:
        if owner.is_platform:
            yield Refusal(field, "goods.platform")
            return
        if not scope.products:
            yield Refusal(field, "goods.none")
        for i, product_id in enumerate(scope.products):
            yield from check_product(f"{field}.{i}", product_id, owner)


def check_product(field: str, product_id: UUID, owner: OwnerFacts) -> Iterator[Refusal]:
    """A product is one of the owner's, and on sale."""
    goods = owner.goods.get(product_id)
    if goods is None:
        yield Refusal(field, "goods.unknown")
    elif not goods.is_on_sale or not goods.variants:
        yield Refusal(field, "goods.not_on_sale", {"title": goods.title})
