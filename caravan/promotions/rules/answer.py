"""The engine's answer, put into words and money: each line with its pieces, its cuts and how its price came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from caravan.promotions.rules.choice import Chosen, Way
from caravan.promotions.rules.cuts import Taken
from caravan.promotions.rules.offers import Bundle, Payer, Stage
from caravan.promotions.rules.quoted import Cut, LineCut, Nearly, Pieces, Quote, QuotedLine, StoreQuote
from caravan.promotions.rules.sets import Made
from caravan.promotions.rules.shelf import Cards
from caravan.promotions.rules.shops import Shop
from caravan.promotions.rules.till import Till


class Answer:
    def __init__(self, till: Till, at: datetime) -> None:
        self.till, self.money, self.at = till, till.money, at

    def quote(
        self, shops: Sequence[Shop], cards: Cards, priced: Sequence[tuple[Pieces, ...]], chosen: Chosen,
        nearly: tuple[Nearly, ...],
    ) -> Quote:  # fmt: skip
        cuts: list[list[LineCut]] = [[] for _ in cards.lines]
        by_store = [self._cuts_of_store(way, cuts) for way in chosen.stores]
        platform = self._noted(chosen.platform, cuts)
        money, rates = self.money, self.till.rates
        lines = [
            QuotedLine(facts, rates[facts.list_price.currency], pieces, money[goods], tuple(own), money[left])
            for facts, pieces, goods, own, left in zip(cards.lines, priced, cards.amounts, cuts, chosen.left, strict=True)
        ]
        stores = []
        for shop, own in zip(shops, by_store, strict=True):
            part = slice(shop.places.start, shop.places.stop)
            goods, left = money[sum(cards.amounts[part])], money[sum(chosen.left[part])]
            stores.append(StoreQuote(shop.id, tuple(lines[part]), goods, own, left))
        return Quote(
            at=self.at,
            currency=self.till.currency,
            stores=tuple(stores),
            goods=money[sum(cards.amounts)],
            cuts=platform,
            items=money[sum(chosen.left)],
            nearly=nearly,
            bounded=chosen.bounded,
        )

    def _cuts_of_store(self, way: Way, cuts: list[list[LineCut]]) -> tuple[Cut, ...]:
        return (*[self._of_set(made, cuts) for made in way.sets.made], *self._noted(way.taken, cuts))

    def _of_set(self, made: Made, cuts: list[list[LineCut]]) -> Cut:
        offer = made.offer
        stage = Stage.BUNDLE if isinstance(offer, Bundle) else Stage.BUY_GET
        for place, minor in made.saved.items():
            cuts[place].append(LineCut(stage, offer.id, offer.name, Payer.STORE, self.money[minor]))
        return Cut(stage, offer.id, offer.name, Payer.STORE, self.money[made.total])

    def _noted(self, taken: Iterable[Taken], cuts: list[list[LineCut]]) -> tuple[Cut, ...]:
        """Those that took anything, noted at each line they took it from."""
        found, money = list[Cut](), self.money
        for option, minor, shares in taken:
            if not minor:
                continue
            stage, offer_id, name, payer, coupon_id = option.stage, option.offer_id, option.name, option.payer, option.coupon_id
            for place, share in zip(option.places, shares, strict=True):
                if share:
                    cuts[place].append(LineCut(stage, offer_id, name, payer, money[share], coupon_id))
            found.append(Cut(stage, offer_id, name, payer, money[minor], coupon_id))
        return tuple(found)
