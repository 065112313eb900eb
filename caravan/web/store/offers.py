"""What a store has on, as its page tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from caravan.kernel.markets import Market
from caravan.promotions.rules import Audience, Conditions, StoreOffers, Terms
from caravan.trade.queries.rates import buyer_rates
from caravan.web.deals.words import audience_words, buy_get_text, shown, tier_texts
from caravan.web.templating import money, percent

FOR_ANYONE = (Audience.EVERYONE, Audience.FOLLOWERS, Audience.NEW_BUYERS)


@dataclass(frozen=True, slots=True)
class Running:
    """`texts` say what it gives, `audience` whom, empty for everybody."""

    name: str
    texts: tuple[str, ...]
    audience: str
    until: datetime | None


def running_offers(offers: StoreOffers, market: Market, at: datetime) -> list[Running]:
    """What runs in `market` for whoever comes, follows or is new; what ends first stands first. What is for groups of people the
    store chose is told to them, not here."""
    found = [
        Running(name, texts, audience_words(when), when.until)
        for name, texts, when in _all(offers, market, at)
        if _runs(when, market, at)
    ]
    return sorted(found, key=lambda one: (one.until is None, one.until or at, one.name))


def _runs(when: Conditions, market: Market, at: datetime) -> bool:
    in_time = when.since <= at and (when.until is None or at < when.until)
    return in_time and (not when.markets or market.code in when.markets) and when.audience in FOR_ANYONE


def _all(offers: StoreOffers, market: Market, at: datetime) -> Iterator[tuple[str, tuple[str, ...], Conditions]]:
    terms, currency = Terms(buyer_rates(at)), market.currency
    limited = {deal.promotion_id: deal for deals in offers.deals.values() for deal in deals}
    goods = {id: sum(any(deal.promotion_id == id for deal in deals) for deals in offers.deals.values()) for id in limited}
    for id, deal in limited.items():
        yield deal.name, (_("Deals on %(count)s products") % {"count": goods[id]},), deal.when
    for deal in offers.wide:
        share = percent(deal.percent / 100)
        whole = deal.scope.products is None and not deal.scope.categories
        text = _("%(share)s off everything") if whole else _("%(share)s off chosen goods")
        yield deal.name, (text % {"share": share},), deal.when
    for bundle in offers.bundles:
        yield bundle.name, (_("A set for %(price)s") % {"price": money(shown(bundle.price, terms, currency))},), bundle.when
    for offer in offers.buy_gets:
        yield offer.name, (buy_get_text(offer),), offer.when
    for tiers in offers.spend_saves:
        yield tiers.name, tuple(tier_texts(tiers, terms, currency)), tiers.when
