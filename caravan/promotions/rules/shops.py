"""A cart taken apart by store: the lines of each, and what of its offers is open to this buyer here and now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from caravan.promotions.rules.choice import StoreChoices
from caravan.promotions.rules.cuts import Cards, Minor, Option, coupon_option, tier_options
from caravan.promotions.rules.facts import CartFacts, LineFacts
from caravan.promotions.rules.items import Priced, priced_lines
from caravan.promotions.rules.offers import NO_OFFERS, Bundle, BuyGet, Coupon, SpendSave, Stage, StoreOffers
from caravan.promotions.rules.sets import NO_SETS, SetOffer, Sets, Stack, best_sets, every_sets
from caravan.promotions.rules.terms import Terms


@dataclass(frozen=True, slots=True)
class Shop:
    """`lines` stand at `places` of the cart; `sets` and `spend_saves` are the open ones, in order of id."""

    id: UUID
    lines: Sequence[LineFacts]
    places: tuple[int, ...]
    offers: StoreOffers
    sets: tuple[SetOffer, ...]
    spend_saves: tuple[SpendSave, ...]

    def priced(self, cart: CartFacts, terms: Terms, at: datetime) -> list[tuple[Priced, ...]]:
        return priced_lines(self.lines, self.offers, terms, cart.market, cart.currency, cart.buyer, at)


def shops_of(cart: CartFacts, terms: Terms, at: datetime) -> list[Shop]:
    """In order of store, each with its lines in order of variant."""
    lines = sorted(cart.lines, key=lambda line: (line.store_id, line.variant_id))
    found, start = list[Shop](), 0
    for id, group in groupby(lines, key=lambda line: line.store_id):
        own, offers = list(group), terms.stores.get(id, NO_OFFERS)
        sets: list[SetOffer] = [*_open(offers.bundles, id, cart, at), *_open(offers.buy_gets, id, cart, at)]
        places = tuple(range(start, start + len(own)))
        found.append(Shop(id, own, places, offers, tuple(sets), tuple(_open(offers.spend_saves, id, cart, at))))
        start += len(own)
    return found


def choices_of(
    shop: Shop, cards: Cards, priced: Sequence[Sequence[Priced]], coupons: Iterable[Coupon], minor: Minor
) -> StoreChoices:
    """What may be taken off the shop's order."""
    sets, every = NO_SETS, _none
    if shop.sets:
        stacks = [Stack(place, part.unit, part.quantity) for place in shop.places for part in priced[place]]
        joint = partial(_joint, minor=minor)
        sets = best_sets(shop.sets, cards.lines, stacks, joint)
        every = partial(every_sets, shop.sets, cards.lines, stacks, joint)
    return StoreChoices(
        places=shop.places,
        sets=sets,
        every_sets=every,
        tiers=tuple(
            one for offer in shop.spend_saves for one in tier_options(offer, Stage.SPEND_SAVE, cards, shop.places, minor)
        ),
        coupons=_options(shop, cards, coupons, minor),
    )


def _options(shop: Shop, cards: Cards, coupons: Iterable[Coupon], minor: Minor) -> tuple[Option, ...]:
    found = (coupon_option(coupon, cards, shop.places, minor) for coupon in coupons if coupon.store_id == shop.id)
    return tuple(option for option in found if option)


def _none() -> list[Sets]:
    return [NO_SETS]


def _joint(bundle: Bundle, minor: Minor) -> int:
    return minor(bundle.price)


Offer = TypeVar("Offer", Bundle, BuyGet, SpendSave)


def _open(offers: Sequence[Offer], store_id: UUID, cart: CartFacts, at: datetime) -> list[Offer]:
    return sorted((o for o in offers if o.when.met(cart.market, cart.buyer, store_id, at)), key=lambda o: o.id)
