"""The engine's answer, put into words and money: each line with its pieces, its cuts and how its price came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from caravan.kernel.money import Money
from caravan.promotions.rules.choice import Chosen, Way
from caravan.promotions.rules.cuts import Cards, Taken
from caravan.promotions.rules.facts import CartFacts, LineFacts
from caravan.promotions.rules.items import Priced
from caravan.promotions.rules.offers import Bundle, Payer, Stage
from caravan.promotions.rules.quoted import Cut, LineCut, Nearly, Pieces, Quote, QuotedLine, Step, StoreQuote
from caravan.promotions.rules.sets import Made
from caravan.promotions.rules.shops import Shop
from caravan.promotions.rules.terms import Terms


@dataclass(frozen=True, slots=True)
class Answer:
    cart: CartFacts
    terms: Terms
    at: datetime

    def quote(
        self, shops: Sequence[Shop], cards: Cards, priced: Sequence[tuple[Priced, ...]], chosen: Chosen,
        nearly: tuple[Nearly, ...],
    ) -> Quote:  # fmt: skip
        cuts: list[list[LineCut]] = [[] for _ in cards.lines]
        by_store = [self._cuts_of_store(way, cuts) for way in chosen.stores]
        platform = self._noted(chosen.platform, cuts)
        lines = [self._line(*row) for row in zip(cards.lines, priced, cards.amounts, cuts, strict=True)]
        stores = tuple(
            self._store(shop, [lines[place] for place in shop.places], own) for shop, own in zip(shops, by_store, strict=True)
        )
        return Quote(
            at=self.at,
            currency=self.cart.currency,
            stores=stores,
            goods=self._money(sum(cards.amounts)),
            cuts=platform,
            items=self._money(sum(store.items.minor for store in stores)),
            nearly=nearly,
            bounded=chosen.bounded,
        )

    def _cuts_of_store(self, way: Way, cuts: list[list[LineCut]]) -> tuple[Cut, ...]:
        return (*(self._of_set(made, cuts) for made in way.sets.made), *self._noted(way.taken, cuts))

    def _of_set(self, made: Made, cuts: list[list[LineCut]]) -> Cut:
        offer = made.offer
        stage = Stage.BUNDLE if isinstance(offer, Bundle) else Stage.BUY_GET
        for place, minor in made.saved.items():
            cuts[place].append(LineCut(stage, offer.id, offer.name, Payer.STORE, self._money(minor)))
        return Cut(stage, offer.id, offer.name, Payer.STORE, self._money(made.total))

    def _noted(self, taken: Iterable[Taken], cuts: list[list[LineCut]]) -> tuple[Cut, ...]:
        """Those that took anything, noted at each line they took it from."""
        found = []
        for one in taken:
            if not one.minor:
                continue
            option = one.option
            about = (option.stage, option.offer_id, option.name, option.payer)
            for place, share in zip(option.places, one.shares, strict=True):
                if share:
                    cuts[place].append(LineCut(*about, self._money(share), option.coupon_id))
            found.append(Cut(*about, self._money(one.minor), option.coupon_id))
        return tuple(found)

    def _line(self, facts: LineFacts, parts: tuple[Priced, ...], goods: int, cuts: list[LineCut]) -> QuotedLine:
        first = parts[0]
        return QuotedLine(
            facts=facts,
            list_unit=self._money(self.terms.minor(facts.list_price, self.cart.currency) if first.deal else first.unit),
            unit=self._money(first.unit),
            pieces=tuple([Pieces(part.quantity, self._money(part.unit), part.deal) for part in parts]),
            goods=self._money(goods),
            cuts=tuple(cuts),
            total=self._money(goods - sum([cut.amount.minor for cut in cuts])),
            trace=self._trace(facts, first),
        )

    def _trace(self, facts: LineFacts, first: Priced) -> tuple[Step, ...]:
        steps = [Step("list", facts.list_price)]
        if first.deal:
            steps.append(Step(first.deal.kind.code, first.listed, name=first.deal.name))
        if facts.list_price.currency != self.cart.currency:
            rate = self.terms.rates.rate(facts.list_price.currency, self.cart.currency)
            steps.append(Step("rate", self._money(first.unit), rate))
        return tuple(steps)

    def _store(self, shop: Shop, lines: list[QuotedLine], cuts: tuple[Cut, ...]) -> StoreQuote:
        goods, items = sum([line.goods.minor for line in lines]), sum([line.total.minor for line in lines])
        return StoreQuote(shop.id, tuple(lines), self._money(goods), cuts, self._money(items))

    def _money(self, minor: int) -> Money:
        return Money(minor, self.cart.currency)
