"""A cart taken apart by store: the lines of each, and what of its offers is open to this buyer here and now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import NamedTuple, TypeVar
from uuid import UUID

from caravan.promotions.rules.choice import StoreChoices
from caravan.promotions.rules.counter import NOTHING_OFF, Counter, counter
from caravan.promotions.rules.cuts import Minor
from caravan.promotions.rules.facts import CartFacts, LineFacts
from caravan.promotions.rules.items import priced_lines
from caravan.promotions.rules.offers import NO_OFFERS, Bundle, BuyGet, Coupon, SpendSave, StoreOffers
from caravan.promotions.rules.quoted import Pieces
from caravan.promotions.rules.sets import SetOffer, Stack, best_sets, every_sets
from caravan.promotions.rules.shelf import Cards
from caravan.promotions.rules.terms import Terms
from caravan.promotions.rules.till import Till


class Shop(NamedTuple):
    """`lines` stand at `places` of the cart. `sets` and `spend_saves` are those open, in order of id, `coupons` the buyer's."""

    id: UUID
    lines: Sequence[LineFacts]
    places: range
    offers: StoreOffers
    sets: Sequence[SetOffer] = ()
    spend_saves: Sequence[SpendSave] = ()
    coupons: Sequence[Coupon] = ()

    def priced(self, cart: CartFacts, till: Till, at: datetime) -> list[tuple[Pieces, ...]]:
        return priced_lines(self.lines, self.offers, till, cart.market, cart.buyer, at)

    def counter(self, cards: Cards, minor: Minor) -> Counter:
        if not self.spend_saves and not self.coupons:
            return NOTHING_OFF
        return counter(self.id, cards.shelf(self.places), self.spend_saves, self.coupons, minor)


def shops_of(cart: CartFacts, terms: Terms, coupons: Iterable[Coupon], at: datetime) -> list[Shop]:
    """In order of store, each with its lines in order of variant, and with its own of the open `coupons`."""
    # Ids are compared as the numbers they are: the same order, at a fraction of the time.
    lines = sorted(cart.lines, key=lambda line: (line.store_id.int, line.variant_id.int))
    by_store: dict[UUID | None, list[Coupon]] = {}
    for coupon in coupons:
        by_store.setdefault(coupon.store_id, []).append(coupon)
    found, start = list[Shop](), 0
    for _, group in groupby(lines, key=lambda line: line.store_id.int):
        own = list(group)
        id, places = own[0].store_id, range(start, start + len(own))
        start = places.stop
        offers, own_coupons = terms.stores.get(id, NO_OFFERS), by_store.get(id, ())
        if offers is NO_OFFERS:
            found.append(Shop(id, own, places, offers, coupons=own_coupons))
        else:
            sets: list[SetOffer] = [*opened(offers.bundles, id, cart, at), *opened(offers.buy_gets, id, cart, at)]
            found.append(Shop(id, own, places, offers, sets, opened(offers.spend_saves, id, cart, at), own_coupons))
    return found


def choices_of(shop: Shop, counter: Counter, cards: Cards, priced: Sequence[Sequence[Pieces]], minor: Minor) -> StoreChoices:
    """What may be taken off the shop's order."""
    if not shop.sets:
        return StoreChoices(shop.places, counter.tiers(), counter.usable())
    stacks = [Stack(place, part.unit.minor, part.quantity) for place in shop.places for part in priced[place]]
    sets = best_sets(shop.sets, cards.lines, stacks, minor)
    every = partial(every_sets, shop.sets, cards.lines, stacks, minor)
    return StoreChoices(shop.places, counter.tiers(), counter.usable(), sets, every)


Offer = TypeVar("Offer", Bundle, BuyGet, SpendSave)


def opened(offers: Sequence[Offer], store_id: UUID | None, cart: CartFacts, at: datetime) -> list[Offer]:
    """Those that are open to whoever holds the cart, in order of id."""
    found = [offer for offer in offers if offer.when.met(cart.market, cart.buyer, store_id, at)]
    return sorted(found, key=lambda offer: offer.id.int)
