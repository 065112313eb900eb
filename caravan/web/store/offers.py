"""What a store has on, as its page tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.kernel.markets import Market
from caravan.promotions.rules import EVERYTHING, Audience, Conditions, StoreOffers, Terms
from caravan.trade.queries.rates import buyer_rates
from caravan.web.deals.words import audience_words, buy_get_text, shown, tier_texts
from caravan.web.templating import money, number, percent

FOR_ANYONE = (Audience.EVERYONE, Audience.FOLLOWERS, Audience.NEW_BUYERS)


@dataclass(frozen=True, slots=True)
class Running:
    """`texts` say what it gives, `audience` whom, empty for everybody. `is_for_some`: it is about some of the goods only."""

    id: UUID
    name: str
    texts: tuple[str, ...]
    audience: str
    until: datetime | None
    is_for_some: bool


def running_offers(offers: StoreOffers, market: Market, at: datetime) -> list[Running]:
    """What runs in `market` for whoever comes, follows or is new; what ends first stands first. What is for groups of people the
    store chose is told to them, not here."""
    found = [
        Running(id, name, texts, audience_words(when), when.until, is_for_some)
        for id, name, texts, when, is_for_some in _all(offers, market, at)
        if _runs(when, market, at)
    ]
    return sorted(found, key=lambda one: (one.until is None, one.until or at, one.name))


def _runs(when: Conditions, market: Market, at: datetime) -> bool:
    in_time = when.since <= at and (when.until is None or at < when.until)
    return in_time and (not when.markets or market.code in when.markets) and when.audience in FOR_ANYONE


def _all(offers: StoreOffers, market: Market, at: datetime) -> Iterator[tuple[UUID, str, tuple[str, ...], Conditions, bool]]:
    terms, currency = Terms(buyer_rates(at)), market.currency
    limited = {deal.promotion_id: deal for deals in offers.deals.values() for deal in deals}
    goods = Counter(id for deals in offers.deals.values() for id in {deal.promotion_id for deal in deals})
    for id, deal in limited.items():
        count = goods[id]
        text = ngettext("A deal on %(count)s product", "Deals on %(count)s products", count) % {"count": number(count)}
        yield id, deal.name, (text,), deal.when, True
    for deal in offers.wide:
        share, chosen = percent(deal.percent / 100), deal.scope != EVERYTHING
        text = _("%(share)s off chosen goods") if chosen else _("%(share)s off everything")
        yield deal.promotion_id, deal.name, (text % {"share": share},), deal.when, chosen
    for bundle in offers.bundles:
        text = _("A set for %(price)s") % {"price": money(shown(bundle.price, terms, currency))}
        yield bundle.id, bundle.name, (text,), bundle.when, True
    for offer in offers.buy_gets:
        yield offer.id, offer.name, (buy_get_text(offer),), offer.when, offer.scope != EVERYTHING
    for tiers in offers.spend_saves:
        yield tiers.id, tiers.name, tuple(tier_texts(tiers, terms, currency)), tiers.when, tiers.scope != EVERYTHING
