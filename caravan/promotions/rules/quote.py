"""What a cart costs, and why: the one pricing function behind cards, product page, cart, checkout and order.

    list price --(the one deal that wins the piece)--> store's price --(rate, half up per piece)--> price on the card --> goods
    goods - bundles, buy-and-get, spend-and-save - store coupons - platform coupons - platform discounts = what is paid

Rounding happens once per piece, and once per cut; shares of a cut are whole units and come to it exactly. `docs/pricing.md` has
the prose, its guarantees and worked examples.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from caravan.kernel.money import Money
from caravan.promotions.rules.answer import Answer
from caravan.promotions.rules.choice import PlatformChoices, choose
from caravan.promotions.rules.counter import NOTHING_OFF, Counter, counter
from caravan.promotions.rules.cuts import Minor
from caravan.promotions.rules.facts import CartFacts, LineFacts
from caravan.promotions.rules.items import best_deal
from caravan.promotions.rules.nearly import nearest
from caravan.promotions.rules.offers import NO_OFFERS, Coupon
from caravan.promotions.rules.quoted import Pieces, Quote
from caravan.promotions.rules.shelf import Cards
from caravan.promotions.rules.shops import choices_of, opened, shops_of
from caravan.promotions.rules.terms import Terms
from caravan.promotions.rules.till import Till


def quote(cart: CartFacts, terms: Terms, at: datetime) -> Quote:
    """Price `cart` under `terms` at the instant `at`. Pure; raises `Invalid` for a currency without a rate."""
    till = Till(terms.rates, cart.currency)
    coupons = [c for c in terms.coupons if c.when.met(cart.market, cart.buyer, c.store_id, at)]
    shops = shops_of(cart, terms, coupons, at)
    priced = [parts for shop in shops for parts in shop.priced(cart, till, at)]
    cards = Cards([line for shop in shops for line in shop.lines], [_together(pieces) for pieces in priced])
    counters = [shop.counter(cards, till.minor) for shop in shops]
    platform = _of_platform(cart, terms, coupons, cards, till.minor, at)
    stores = [choices_of(shop, own, cards, priced, till.minor) for shop, own in zip(shops, counters, strict=True)]
    chosen = choose(stores, PlatformChoices(platform.tiers(), platform.usable()), cards.amounts)
    nearly = tuple(nearest([one for some in (*counters, platform) if some is not NOTHING_OFF for one in some.nearly(till)]))
    return Answer(till, at).quote(shops, cards, priced, chosen, nearly)


def _together(pieces: Iterable[Pieces]) -> int:
    amount = 0
    for some in pieces:
        amount += some.quantity * some.unit.minor
    return amount


def _of_platform(cart: CartFacts, terms: Terms, coupons: list[Coupon], cards: Cards, minor: Minor, at: datetime) -> Counter:
    discounts, own = opened(terms.platform, None, cart, at), [coupon for coupon in coupons if coupon.store_id is None]
    if not discounts and not own:
        return NOTHING_OFF
    return counter(None, cards.shelf(range(len(cards.lines))), discounts, own, minor)


def unit_price(list_price: Money, currency: str, terms: Terms) -> Money:
    """One piece of something that costs `list_price` in its store, in the buyer's `currency`."""
    return terms.rates.convert(list_price, currency)


def card_price(line: LineFacts, cart: CartFacts, terms: Terms, at: datetime) -> Pieces:
    """What one piece of `line` costs whoever looks at it: the price on the card, and the deal that makes it."""
    price, deal = best_deal(line, terms.stores.get(line.store_id, NO_OFFERS), cart.market, cart.buyer, at)
    return Pieces(1, unit_price(price, cart.currency, terms), deal)
