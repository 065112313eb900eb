"""Visitors: what they look for, look at, and put into their carts."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import accumulate
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from caravan.kernel.markets import country
from caravan.project.demo.content.catalogue import ProductType
from caravan.project.demo.content.places import DemoMarket
from caravan.project.demo.world.buyers import Crowd
from caravan.project.demo.world.goods import Item, Piece
from caravan.project.demo.world.rhythm import instants
from caravan.project.demo.world.shelves import Shelves
from caravan.signals.rules import Kind, Sighting

REGULARS = 0.52  # of the visits are by somebody who buys here; the others look around
SEARCHES = 0.55
MISSPELLED = 0.08
NOTHING_FOUND = 0.025
_UNKNOWN = {
    "en": ("vinyl turntable", "espresso machine", "drone with camera", "electric scooter", "3d printer"),
    "ru": ("кофемашина", "самокат электрический", "виниловый проигрыватель", "квадрокоптер", "3d принтер"),
    "es": ("patinete eléctrico", "cafetera superautomática", "dron con cámara", "tocadiscos", "impresora 3d"),
    "pt": ("patinete elétrico", "air fryer", "drone com câmera", "toca-discos", "impressora 3d"),
}
_SOURCES = ("", "", "", "", "", "google.com", "google.com", "instagram.com", "youtube.com", "pinterest.com", "newsletter")


@dataclass(frozen=True, slots=True)
class Wanted:
    item: Item
    piece: Piece
    quantity: int


@dataclass(slots=True)
class Visit:
    """One visit: what was seen, and what was in the cart at its end. `buyer` indexes the market's crowd; None only looks."""

    market: DemoMarket
    language: str
    visitor_id: UUID
    source: str
    at: float
    buyer: int | None
    sightings: list[Sighting] = field(default_factory=list)
    cart: list[Wanted] = field(default_factory=list)

    def see(
        self, kind: Kind, *, item: Item | None = None, query: str = "", results: int | None = None,
        position: int | None = None,
    ) -> None:  # fmt: skip
        self.sightings.append(
            Sighting(
                at=datetime.fromtimestamp(self.at, UTC),
                kind=kind,
                visitor_id=self.visitor_id,
                market=self.market.code,
                language=self.language,
                source=self.source,
                product_id=item.id if item else None,
                store_id=item.shop.id if item else None,
                category_path=item.type.leaf.path if item else "",
                query=query,
                results=results,
                position=position,
            )
        )


class Visitors:
    """The people of one market."""

    def __init__(self, crowd: Crowd, kinds: Mapping[str, ProductType], rng: Random) -> None:
        self.crowd, self.market = crowd, crowd.market
        place = country(crowd.market.code)
        self.zone, self.latitude = ZoneInfo(place.zone), place.latitude
        self.taste = {slug: rng.lognormvariate(0, 0.35) for slug in kinds}
        self._languages = [language for language, _ in crowd.market.languages]
        self._spoken = list(accumulate(share for _, share in crowd.market.languages))

    def on(self, day: date, shelves: Shelves, number: int, rng: Random) -> Iterator[Visit]:
        """Their `number` visits of that local day."""
        weights = shelves.weights_for(self.latitude, self.taste)
        for at in instants(day, self.zone, number, rng):
            visit = self._arrive(at, rng)
            self._look_around(visit, shelves, shelves.kinds[bisect(weights, rng.random() * weights[-1])], weights, rng)
            yield visit

    def _arrive(self, at: float, rng: Random) -> Visit:
        buyer = self.crowd.someone(at, rng) if rng.random() < REGULARS else None
        visitor = self.crowd.visitors[buyer] if buyer is not None else UUID(int=rng.getrandbits(128), version=4)
        language = self._languages[bisect(self._spoken, rng.random() * self._spoken[-1])]
        return Visit(self.market, language, visitor, _SOURCES[int(rng.random() * len(_SOURCES))], at, buyer)

    def _look_around(self, visit: Visit, shelves: Shelves, kind: ProductType, weights: list[float], rng: Random) -> None:
        query = _search(visit, shelves, kind, rng) if rng.random() < SEARCHES else None
        if query is None and visit.sightings:
            return  # nothing was found: they leave
        more = 0.62 if visit.buyer is not None else 0.36
        while True:
            item = shelves.pick(kind, visit.market.code, rng)
            if item is not None:
                self._look_at(visit, item, query, rng)
            if rng.random() > more:
                return
            visit.at += 15 + int(rng.random() * 120)
            if rng.random() < 0.72:
                kind = shelves.beside(kind.leaf, rng)
            else:
                kind, query = shelves.kinds[bisect(weights, rng.random() * weights[-1])], None

    def _look_at(self, visit: Visit, item: Item, query: str | None, rng: Random) -> None:
        if query is not None:
            visit.see("click", item=item, query=query, position=1 + min(47, int(rng.expovariate(0.22))))
        visit.see("view", item=item)
        if rng.random() > self._appeal(item, visit.buyer is not None):
            return
        piece = item.pieces[int(len(item.pieces) * rng.random() ** 1.3)]
        visit.at += 20 + int(rng.random() * 60)
        visit.see("cart_add", item=item)
        if rng.random() < 0.07:
            visit.at += 30
            visit.see("cart_remove", item=item)
        elif visit.buyer is not None:
            quantity = 1 if item.type.usd[0] > 30 or rng.random() < 0.86 else rng.choice((2, 2, 2, 3, 4))
            visit.cart.append(Wanted(item, piece, quantity))

    def _appeal(self, item: Item, regular: bool) -> float:
        """How likely somebody who looks at it takes it: by its price beside its kind, what the store is known for, the purse."""
        dear: float = item.value ** (2.0 - self.market.spends)
        return min(0.9, (0.34 if regular else 0.06) * self.market.rate * dear * (0.4 + 0.75 * item.shop.trader.quality))


def _search(visit: Visit, shelves: Shelves, kind: ProductType, rng: Random) -> str | None:
    """The words typed, or None where they found nothing."""
    spelled = kind.leaf.words_in(visit.language)
    luck = rng.random()
    if luck < NOTHING_FOUND:
        visit.see("search", query=rng.choice(_UNKNOWN[visit.language]), results=0)
        return None
    choices = spelled.wrong if luck < NOTHING_FOUND + MISSPELLED else spelled.right
    query = choices[int(rng.random() * len(choices))]
    visit.see("search", query=query, results=shelves.found[kind.leaf.path])
    visit.at += 4 + int(rng.random() * 25)
    return query
