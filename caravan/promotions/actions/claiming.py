"""A coupon for a buyer, exact under load: each claim is one short statement (`promotions_claim`, docs/claims.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, NotFound, Problem
from caravan.kernel.ids import uuid7
from caravan.promotions.actions.deciding import Decision
from caravan.promotions.models import Promotion
from caravan.promotions.queries.offers import conditions_of
from caravan.promotions.rules import ANYONE, BuyerFacts

WhoAsks = Callable[[], BuyerFacts]


@dataclass(frozen=True, slots=True)
class Claimed:
    """The buyer's coupon. `is_new`: this request got it; else an earlier one had."""

    coupon_id: UUID
    state: str
    valid_since: datetime
    valid_until: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Audience:
    """What a buyer was found to belong to: the audience a promotion is for."""

    name: str
    segment_id: UUID | None


_decide = Decision("promotions_claim", UUID, UUID, UUID, int, str, str, str, UUID, str, datetime)


def nobody_known() -> BuyerFacts:
    """Of whom nothing is known that an audience could ask for."""
    return ANYONE


def claim_coupon(
    *, promotion_id: UUID, buyer_id: UUID, market: str, at: datetime, nth: int = 1, who: WhoAsks = nobody_known
) -> Claimed:
    """Take the `nth` coupon of a collectable promotion for a buyer in `market` (ISO country). The same request again has the same
    answer. `who` is asked for what is known of the buyer, only where the promotion is not for everyone.

    Raises NotFound, or Conflict with the code "coupon.early", "late", "paused", "market", "audience", "limit" or "gone".
    """
    return claim(
        promotion_id=promotion_id, buyer_id=buyer_id, means=Promotion.Means.COLLECT, at=at, nth=nth, market=market, who=who
    )


def claim(
    *, promotion_id: UUID, buyer_id: UUID, means: str, at: datetime, nth: int | None = None, market: str | None = None,
    who: WhoAsks = nobody_known, cause: str = "",
) -> Claimed:  # fmt: skip
    """For the actions of this room: a coupon that comes by `means`. Without a `market` it is given, not asked for."""
    outcome, row = _claim(promotion_id, buyer_id, means, nth, market, None, cause, at)
    if outcome == "audience" and (audience := audience_of(promotion_id=promotion_id, market=market or "", who=who, at=at)):
        outcome, row = _claim(promotion_id, buyer_id, means, nth, market, audience, cause, at)
    if row is None:
        raise refused(outcome)
    return Claimed(*row, is_new=outcome == "new")


def audience_of(*, promotion_id: UUID, market: str, who: WhoAsks, at: datetime) -> Audience | None:
    """The promotion's audience, if the buyer is in it."""
    promotion = Promotion.objects.get(pk=promotion_id)
    if not conditions_of(promotion).met(market, who(), promotion.store_id, at):
        return None
    return Audience(promotion.audience, promotion.segment_id)


def _claim(
    promotion_id: UUID, buyer_id: UUID, means: str, nth: int | None, market: str | None, audience: Audience | None, cause: str,
    at: datetime,
) -> tuple[str, tuple[UUID, str, datetime, datetime] | None]:  # fmt: skip
    belongs = (audience.name, audience.segment_id) if audience else (None, None)
    outcome, *row = _decide(promotion_id, buyer_id, uuid7(), nth, means, market, *belongs, cause, at)
    return outcome, (tuple(row) if outcome in ("new", "again") else None)


def refused(outcome: str) -> Problem:
    """What somebody is told who gets no coupon."""
    match outcome:
        case "none":
            return NotFound("coupon.none", _("There is no such coupon."))
        case "early":
            text = _("This coupon cannot be collected yet. Come back when it starts.")
        case "late":
            text = _("This coupon is over.")
        case "paused":
            text = _("This coupon cannot be collected at the moment.")
        case "market":
            text = _("This coupon is for other countries than yours.")
        case "audience":
            text = _("This coupon is for others: for new customers, followers or invited ones.")
        case "limit":
            text = _("You have as many of this coupon as one person may have.")
        case _:
            text = _("All of these coupons have been taken.")
    return Conflict(f"coupon.{outcome}", text)
