"""What is taken off a cart and why, what a little more would save, and what became of the buyer's coupons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.kernel.money import Money
from caravan.promotions.rules import Coupon, Cut, LineCut, Nearly, Payer, Pieces, Stage, Terms
from caravan.promotions.rules.fates import Fate, Why
from caravan.trade.queries.carts import CartView
from caravan.trade.queries.cuts import cuts_of_order
from caravan.trade.queries.orders import OrderRow
from caravan.trade.rules.basket import Basket, BasketLine
from caravan.web.deals.words import benefit_text, shown
from caravan.web.templating import money


@dataclass(frozen=True, slots=True)
class Taken:
    """A cut: `kind` and `name` say what it is, `whose` who bears it."""

    kind: str
    name: str
    whose: str
    amount_text: str


@dataclass(frozen=True, slots=True)
class TakenOff:
    """The cuts of an order, and what its items came to before them."""

    before_text: str
    cuts: list[Taken]


@dataclass(frozen=True, slots=True)
class CouponView:
    """`is_used`, or `text` says why not; `gives` what it is worth."""

    name: str
    whose: str
    gives: str
    text: str
    is_used: bool
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Savings:
    """`goods_text` are all goods at the prices on their cards; it and `saved_text` are empty where nothing is taken off.

    `nearly` are sentences.
    """

    goods_text: str
    cuts: list[Taken]
    saved_text: str
    nearly: list[str]
    coupons: list[CouponView]
    bounded: bool


def savings(seen: CartView) -> Savings:
    """Of the cart as it would be ordered."""
    basket = seen.basket
    stores = {parcel.store.id: parcel.store.name for parcel in basket.parcels}
    cuts = [_taken(cut, parcel.store.name) for parcel in basket.parcels for cut in parcel.cuts]
    cuts += [_taken(cut, "") for cut in basket.cuts]
    return Savings(
        goods_text=money(basket.goods) if basket.saved else "",
        cuts=cuts,
        saved_text=money(basket.saved) if basket.saved else "",
        nearly=[_nearly(one, stores) for one in basket.nearly],
        coupons=[_coupon(fate, stores, seen.terms, basket) for fate in seen.fates],
        bounded=basket.bounded,
    )


def line_notes(line: BasketLine) -> list[str]:
    """What is said beside a line: pieces at several prices, and each cut it has a share of."""
    notes = []
    if len(line.pieces) > 1:
        notes.append("; ".join(_pieces(some) for some in line.pieces))
    return notes + [_share(cut) for cut in line.cuts]


def _pieces(some: Pieces) -> str:
    return _("%(count)s at %(price)s") % {"count": some.quantity, "price": money(some.unit)}


def _share(cut: LineCut) -> str:
    return f"{cut.name or _kind(cut.stage)}: {_less(cut.amount)}"


def _less(amount: Money) -> str:
    """An amount taken off: a minus sign, and a word joiner, so that they do not part at the end of a line."""
    return f"−\u2060{money(amount)}"


def taken_off(order: OrderRow) -> TakenOff:
    """What was taken off an order, for its page."""
    cuts, before = [], order.items
    for cut in cuts_of_order(order):
        whose = settings.SITE_NAME if cut.payer == Payer.PLATFORM else order.store_name
        cuts.append(Taken(_kind(Stage[cut.code.upper()]), cut.name, whose, _less(cut.amount)))
        before += cut.amount
    return TakenOff(money(before), cuts)


def _taken(cut: Cut, store: str) -> Taken:
    whose = settings.SITE_NAME if cut.payer is Payer.PLATFORM else store
    return Taken(_kind(cut.stage), cut.name, whose, _less(cut.amount))


def _kind(stage: Stage) -> str:
    return {
        Stage.BUNDLE: _("Set"),
        Stage.BUY_GET: _("More for less"),
        Stage.SPEND_SAVE: _("The more you buy"),
        Stage.STORE_COUPON: _("Coupon"),
        Stage.PLATFORM_COUPON: _("Coupon"),
        Stage.PLATFORM_DISCOUNT: _("Market discount"),
    }[stage]


def _nearly(one: Nearly, stores: Mapping[UUID, str]) -> str:
    whose = stores.get(one.store_id, "") if one.store_id else settings.SITE_NAME
    said = {"name": one.name, "store": whose, "saves": money(one.saves)}
    if one.missing:
        return _("%(more)s more, and “%(name)s” of %(store)s takes %(saves)s off in all.") % {**said, "more": money(one.missing)}
    text = ngettext(
        "%(count)s piece more, and “%(name)s” of %(store)s takes %(saves)s off in all.",
        "%(count)s pieces more, and “%(name)s” of %(store)s takes %(saves)s off in all.",
        one.pieces,
    )
    return text % {**said, "count": one.pieces}


def _coupon(fate: Fate, stores: Mapping[UUID, str], terms: Terms, basket: Basket) -> CouponView:
    coupon = fate.coupon
    return CouponView(
        name=coupon.name,
        whose=stores.get(coupon.store_id, "") if coupon.store_id else settings.SITE_NAME,
        gives=benefit_text(coupon.benefit, terms, basket.total.currency),
        text=_fate(fate, coupon, terms, basket.total.currency),
        is_used=fate.why is None,
        until=coupon.when.until,
    )


def _fate(fate: Fate, coupon: Coupon, terms: Terms, currency: str) -> str:
    if fate.why is None:
        return ""
    if fate.why is Why.MIN_SPEND and fate.missing and coupon.min_spend:
        least = money(shown(coupon.min_spend, terms, currency))
        return _("Not used: it needs goods for %(least)s, %(more)s more.") % {"least": least, "more": money(fate.missing)}
    return {
        Why.NOT_HERE: _("Not used: it is not for deliveries to your country."),
        Why.NOT_FOR_YOU: _("Not used: you are not among those it is for."),
        Why.NO_GOODS: _("Not used: nothing in the cart is among the goods it is for."),
        Why.MIN_SPEND: _("Not used: there are not enough of the goods it is for."),
        Why.BETTER: _("Not used: what is taken saves you as much or more, and they do not go together. It stays yours."),
    }[fate.why]
