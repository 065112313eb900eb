"""Coupons in words: what one is worth, when it counts, where it stands for whoever looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.kernel.markets import Market, country
from caravan.kernel.money import Money
from caravan.promotions.queries.claimable import Claimable
from caravan.promotions.queries.wallet import Standing, WalletCoupon
from caravan.promotions.rules import Benefit, Conditions, Terms
from caravan.web.addresses import store_url
from caravan.web.deals.words import audience_words, benefit_text, shown
from caravan.web.templating import day, moment, money, number


@dataclass(frozen=True, slots=True)
class TicketView:
    """What stands on every coupon. `whose` and `store_url` are empty where it is the market's own."""

    promotion_id: UUID
    name: str
    worth: str
    condition: str
    whose: str
    store_url: str
    goods_url: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A coupon to collect. `state`: open, early, paused, over, gone (all taken), mine (the visitor has one to use) or full (they
    had as many as one may). `left` of `total`, both None without an end of them; `nth` is what the button claims."""

    ticket: TicketView
    state: str
    since: datetime
    until: datetime
    left: int | None
    total: int | None
    left_text: str
    nth: int


@dataclass(frozen=True, slots=True)
class HeldCouponView:
    """A coupon of the wallet; `when` says what there is to say of its time, `ends` is set where it ends soon."""

    ticket: TicketView
    standing: Standing
    when: str
    ends: datetime | None


def claim_view(row: Claimable, *, market: Market, terms: Terms, at: datetime) -> ClaimView:
    when = Conditions(since=row.since, audience=row.audience)
    notes = [audience_words(when, is_platforms=row.store_id is None), _validity(row), _per_buyer(row)]
    return ClaimView(
        ticket=_ticket(row, notes, market, terms, is_for_some=row.is_for_some),
        state=_state(row, at),
        since=row.since,
        until=row.until,
        left=row.left,
        total=row.total,
        left_text=_("%(left)s of %(total)s left") % {"left": number(row.left), "total": number(row.total)}
        if row.left is not None and row.total is not None
        else "",
        nth=row.next_nth,
    )


def held_view(row: WalletCoupon, *, market: Market, terms: Terms, at: datetime, soon: datetime) -> HeldCouponView:
    is_for_some = row.scope.products is not None or bool(row.scope.categories)
    notes = [_markets(row.markets, market), _("Goes together with other coupons") if row.stackable else ""]
    usable = row.standing in (Standing.USABLE, Standing.LATER)
    return HeldCouponView(
        ticket=_ticket(row, notes, market, terms, is_for_some=is_for_some),
        standing=row.standing,
        when=_when(row),
        ends=row.valid_until if usable and at < row.valid_until <= soon else None,
    )


def _ticket(row: Claimable | WalletCoupon, notes: list[str], market: Market, terms: Terms, *, is_for_some: bool) -> TicketView:
    scope = _("For chosen goods") if is_for_some else ""
    return TicketView(
        promotion_id=row.promotion_id,
        name=row.name,
        worth=worth_text(row.benefit, terms, market.currency),
        condition=condition_text(row.min_spend, terms, market.currency),
        whose=row.store_name,
        store_url=store_url(row.store_slug) if row.store_slug else "",
        goods_url=reverse("coupon", kwargs={"id": row.promotion_id}),
        notes=[note for note in (scope, *notes) if note],
    )


def worth_text(benefit: Benefit, terms: Terms, currency: str) -> str:
    """ "$5.00 off", or "10% off (at most $20.00)"."""
    off = _("%(worth)s off") % {"worth": benefit_text(replace(benefit, cap=None), terms, currency)}
    if benefit.cap is None:
        return off
    return _("%(share)s (at most %(cap)s)") % {"share": off, "cap": money(shown(benefit.cap, terms, currency))}


def condition_text(min_spend: Money | None, terms: Terms, currency: str) -> str:
    """What has to be bought for it, in the buyer's currency."""
    if min_spend is None:
        return _("Whatever you buy")
    return _("If you buy for %(amount)s or more") % {"amount": money(shown(min_spend, terms, currency))}


def _state(row: Claimable, at: datetime) -> str:
    if row.usable_id and row.is_full:
        return "mine"
    if row.is_full:
        return "full"
    if row.state == "stopped" or at >= row.until:
        return "over"
    if row.state != "on":
        return "paused"
    if at < row.since:
        return "early"
    return "gone" if row.is_sold_out else "open"


def _validity(row: Claimable) -> str:
    if row.valid_days:
        return ngettext("Good for %(days)s day", "Good for %(days)s days", row.valid_days) % {"days": row.valid_days}
    return _("Good until %(when)s") % {"when": moment(row.valid_until or row.until)}


def _per_buyer(row: Claimable) -> str:
    return _("%(count)s for each person") % {"count": number(row.per_buyer)} if row.per_buyer > 1 else ""


def _markets(codes: tuple[str, ...], market: Market) -> str:
    """Empty where it is good in the country of the page."""
    if not codes or market.code in codes:
        return ""
    return _("Good in: %(countries)s") % {"countries": ", ".join(country(code).name(market.language) for code in codes)}


def _when(row: WalletCoupon) -> str:
    match row.standing:
        case Standing.USABLE:
            return _("Good until %(when)s") % {"when": moment(row.valid_until)}
        case Standing.LATER:
            return _("Good from %(when)s") % {"when": moment(row.valid_since)}
        case Standing.LOCKED:
            return _("In an order that waits for its payment")
        case Standing.USED:
            return _("Used on %(day)s") % {"day": day(row.used_at)} if row.used_at else _("Used")
        case Standing.EXPIRED:
            return _("Ended on %(day)s") % {"day": day(row.valid_until)}
