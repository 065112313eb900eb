"""What a cart costs, and why: the one pricing function behind cards, product page, cart, checkout and order.

    list price --(the one deal that wins the piece)--> store's price --(rate, half up per piece)--> price on the card --> goods
    goods - bundles, buy-and-get, spend-and-save - store coupons - platform coupons - platform discounts = what is paid

Rounding happens once per piece, and once per cut; shares of a cut are whole units and come to it exactly. `docs/pricing.md` has
the prose, its guarantees and worked examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from caravan.kernel.money import Money
from caravan.promotions.rules.answer import Answer
from caravan.promotions.rules.choice import PlatformChoices, choose
from caravan.promotions.rules.cuts import Cards, Minor, coupon_option, tier_options
from caravan.promotions.rules.facts import CartFacts, LineFacts
from caravan.promotions.rules.items import best_deal
from caravan.promotions.rules.nearly import nearest, nearly_coupon, nearly_tier
from caravan.promotions.rules.offers import NO_OFFERS, Coupon, SpendSave, Stage
from caravan.promotions.rules.quoted import Nearly, Pieces, Quote
from caravan.promotions.rules.shops import Shop, choices_of, shops_of
from caravan.promotions.rules.terms import Terms


def quote(cart: CartFacts, terms: Terms, at: datetime) -> Quote:
    """Price `cart` under `terms` at the instant `at`. Pure; raises `Invalid` for a currency without a rate."""
    shops = shops_of(cart, terms, at)
    priced = [parts for shop in shops for parts in shop.priced(cart, terms, at)]
    lines = [line for shop in shops for line in shop.lines]
    cards = Cards(lines, [sum([p.quantity * p.unit for p in parts]) for parts in priced], [line.quantity for line in lines])
    minor = partial(terms.minor, currency=cart.currency)
    coupons = [c for c in terms.coupons if c.when.met(cart.market, cart.buyer, c.store_id, at)]
    discounts = [d for d in terms.platform if d.when.met(cart.market, cart.buyer, None, at)]
    stores = [choices_of(shop, cards, priced, coupons, minor) for shop in shops]
    chosen = choose(stores, _of_platform(coupons, discounts, cards, minor), cards.amounts)
    nearly = _nearly(shops, coupons, discounts, cards, minor, cart.currency)
    return Answer(cart, terms, at).quote(shops, cards, priced, chosen, nearly)


def unit_price(list_price: Money, currency: str, terms: Terms) -> Money:
    """One piece of something that costs `list_price` in its store, in the buyer's `currency`."""
    return terms.rates.convert(list_price, currency)


def card_price(line: LineFacts, cart: CartFacts, terms: Terms, at: datetime) -> Pieces:
    """What one piece of `line` costs whoever looks at it: the price on the card, and the deal that makes it."""
    price, deal = best_deal(line, terms.stores.get(line.store_id, NO_OFFERS), cart.market, cart.buyer, at)
    return Pieces(1, unit_price(price, cart.currency, terms), deal)


def _of_platform(coupons: Sequence[Coupon], discounts: Sequence[SpendSave], cards: Cards, minor: Minor) -> PlatformChoices:
    everywhere = range(len(cards.lines))
    own = [coupon_option(coupon, cards, everywhere, minor) for coupon in coupons if coupon.store_id is None]
    tiers = [tier_options(discount, Stage.PLATFORM_DISCOUNT, cards, everywhere, minor) for discount in discounts]
    return PlatformChoices(tuple(one for one in own if one), tuple(one for some in tiers for one in some))


def _nearly(
    shops: Sequence[Shop], coupons: Sequence[Coupon], discounts: Sequence[SpendSave], cards: Cards, minor: Minor, currency: str
) -> tuple[Nearly, ...]:
    everywhere = range(len(cards.lines))
    places = {shop.id: shop.places for shop in shops}
    found = [nearly_tier(offer, shop.id, cards, shop.places, minor, currency) for shop in shops for offer in shop.spend_saves]
    found += [nearly_tier(discount, None, cards, everywhere, minor, currency) for discount in discounts]
    found += [
        nearly_coupon(coupon, cards, places.get(coupon.store_id, ()) if coupon.store_id else everywhere, minor, currency)
        for coupon in coupons
    ]
    return tuple(nearest(found))
