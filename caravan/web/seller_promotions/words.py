"""What promotions are called, and what one does in a line."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.promotions.rules.drafts import (
    BundleDraft,
    BuyGetDraft,
    CouponDraft,
    Draft,
    Kind,
    LimitedDraft,
    Means,
    SpendSaveDraft,
    StoreWideDraft,
    TierDraft,
)
from caravan.promotions.rules.lifecycle import Status
from caravan.promotions.rules.offers import Audience
from caravan.promotions.rules.segments import Segment
from caravan.web.templating import money, percent


def kind_name(kind: Kind) -> str:
    return {
        Kind.LIMITED: _("Limited deal"),
        Kind.STORE_WIDE: _("Store-wide discount"),
        Kind.BUY_GET: _("Buy some, get some"),
        Kind.SPEND_SAVE: _("Spend and save"),
        Kind.BUNDLE: _("Bundle"),
        Kind.COUPON: _("Coupon"),
    }[kind]


def kind_text(kind: Kind) -> str:
    """What it is for."""
    return {
        Kind.LIMITED: _("Another price for chosen goods, for a time or a number of pieces. The price is locked meanwhile."),
        Kind.STORE_WIDE: _("A percentage off everything, or off a group of products."),
        Kind.BUY_GET: _("Who buys two gets a third one free, or cheaper, or something else with it."),
        Kind.SPEND_SAVE: _("The more somebody buys, the more comes off, in steps."),
        Kind.BUNDLE: _("Goods that cost less together."),
        Kind.COUPON: _("To be collected, typed in as a code, or sent to people you choose."),
    }[kind]


def status_badge(status: Status) -> tuple[str, str]:
    """What it is called, and the kind of its badge."""
    return {
        Status.DRAFT: (_("Draft"), ""),
        Status.SCHEDULED: (_("Planned"), "info"),
        Status.LIVE: (_("Live"), "good"),
        Status.PAUSED: (_("Paused"), "warn"),
        Status.STOPPED: (_("Stopped"), ""),
        Status.ENDED: (_("Over"), ""),
    }[status]


def audience_name(audience: str, *, of_store: bool = True) -> str:
    return {
        Audience.EVERYONE: _("Everyone"),
        Audience.NEW_BUYERS: _("New buyers: signed in, and nothing bought from you yet") if of_store else _("New buyers"),
        Audience.FOLLOWERS: _("Followers of the store"),
        Audience.SEGMENT: _("A group of your buyers") if of_store else _("A group of buyers"),
    }[Audience(audience)]


def segment_name(segment: str) -> str:
    return {
        Segment.RETURNING: _("Returning: two orders or more, the last within half a year"),
        Segment.LAPSED: _("Lapsed: bought once, and not for ninety days"),
        Segment.RECENT: _("Recent: bought within thirty days"),
    }[Segment(segment)]


def means_name(means: Means, *, of_store: bool = True) -> str:
    return {
        Means.COLLECT: _("Collected by buyers, on its page and on yours")
        if of_store
        else _("Collected by buyers, on its page and among all coupons"),
        Means.CODE: _("By a code that buyers type in"),
        Means.TARGETED: _("Put into the wallets of a group of buyers"),
        Means.FOLLOWER: _("For following the store"),
        Means.GRANTED: _("Given by games and red envelopes"),
    }[means]


def summary(draft: Draft) -> str:
    """What a promotion gives, in a line."""
    match draft:
        case LimitedDraft():
            products = len({row.product_id for row in draft.goods})
            return ngettext("%(n)s product at another price", "%(n)s products at another price", products) % {"n": products}
        case StoreWideDraft():
            return _("%(percent)s off") % {"percent": percent(draft.percent / 100)}
        case BuyGetDraft():
            told = {"buy": draft.buy, "get": draft.get, "percent": percent(draft.percent / 100)}
            free = _("Buy %(buy)s, get %(get)s free")
            return (free if draft.percent == 100 else _("Buy %(buy)s, get %(get)s at %(percent)s off")) % told
        case SpendSaveDraft():
            return "; ".join(_tier(tier) for tier in draft.tiers)
        case BundleDraft():
            pieces = sum(row.each for row in draft.goods)
            text = ngettext("%(n)s piece for %(price)s", "%(n)s pieces together for %(price)s", pieces)
            return text % {"n": pieces, "price": money(draft.price)}
        case CouponDraft():
            off = _off(draft)
            return _("%(off)s from %(least)s") % {"off": off, "least": money(draft.min_spend)} if draft.min_spend else off


def _tier(tier: TierDraft) -> str:
    """ "5.00 off from 50.00"."""
    off = _off(tier)
    if tier.min_amount is not None:
        return _("%(off)s from %(least)s") % {"off": off, "least": money(tier.min_amount)}
    text = ngettext("%(off)s from %(n)s piece", "%(off)s from %(n)s pieces", tier.min_items)
    return text % {"off": off, "n": tier.min_items}


def _off(source: TierDraft | CouponDraft) -> str:
    if source.amount is not None:
        return _("%(amount)s off") % {"amount": money(source.amount)}
    off = _("%(percent)s off") % {"percent": percent(source.percent / 100)}
    return _("%(off)s (%(cap)s at most)") % {"off": off, "cap": money(source.cap)} if source.cap else off
