from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random
from uuid import UUID

from caravan.catalog.rules.history import PastProduct, PastVariant, PastWords
from caravan.kernel.rates import RateTable
from caravan.people.rules.history import PastBuyer
from caravan.project.demo.content import wording
from caravan.project.demo.content.catalogue import Department, ProductType, departments, product_types
from caravan.project.demo.content.places import markets
from caravan.project.demo.content.text import LANGUAGES
from caravan.project.demo.content.traders import brands, traders
from caravan.project.demo.world import buyers, goods, rhythm, seasons
from caravan.project.demo.world.goods import Item, Picture
from caravan.project.demo.world.prices import PriceTags
from caravan.project.demo.world.scale import DAYS, Scale
from caravan.project.demo.world.shelves import Shelves
from caravan.project.demo.world.shops import Shop, shops
from caravan.project.demo.world.trading import Trade
from caravan.project.demo.world.visits import Visit, Visitors
from caravan.project.demo.world.voices import Voices
from caravan.reputation.rules.history import PastFeedback
from caravan.signals.rules import Sighting
from caravan.stores.rules import slug_of
from caravan.stores.rules.history import PastStore
from caravan.trade.rules.history import PastOrder, PastPurchase, PastRefund

EVERY = slice(None)
GROWTH = 0.3  # how much more visitors come on the last day than on the first


@dataclass(slots=True)
class Day:
    """What was done on a calendar day, and all that came of it later."""

    number: int
    sightings: list[Sighting] = field(default_factory=list)
    purchases: list[PastPurchase] = field(default_factory=list)
    orders: list[PastOrder] = field(default_factory=list)
    refunds: list[PastRefund] = field(default_factory=list)
    feedback: list[PastFeedback] = field(default_factory=list)


class World:
    """A market of DAYS days up to `ends_at` (aware), told as the records the rooms load, in the order they depend on each other.

    `scale` is 1 for 60 stores and 2,400 products; `rates` are the exchange rates all its orders were made at.
    """

    def __init__(self, seed: int, scale: float, ends_at: datetime, rates: RateTable) -> None:
        self.seed, self.scale, self.ends_at, self.rates = seed, scale, ends_at, rates
        self.begins_at = ends_at - timedelta(days=DAYS)
        self.sizes = Scale.of(scale)
        self.tags = PriceTags(rates)

    def _rng(self, *about: object) -> Random:
        return Random(f"{self.seed}:{about}")

    def departments(self) -> tuple[Department, ...]:
        """The category tree. It is the same at every scale."""
        return departments()

    @cached_property
    def shops(self) -> list[Shop]:
        return shops(traders(self.sizes.stores, self._rng("traders")), self.begins_at, self._rng("shops"))

    def stores(self) -> Iterator[PastStore]:
        return (shop.record() for shop in self.shops)

    @cached_property
    def items(self) -> list[Item]:
        """The products as the simulation knows them."""
        return list(
            goods.items(self.sizes.products, product_types(), self.shops, brands(), self.tags, self.begins_at, self._rng("items"))
        )

    def pictures(self) -> list[Picture]:
        """Every picture some product shows, once."""
        return list(dict.fromkeys(picture for item in self.items for picture in item.pictures))

    def products(
        self, categories: Mapping[str, UUID], pictures: Mapping[Picture, UUID], some: slice = EVERY
    ) -> Iterator[PastProduct]:
        """The products as the catalogue takes them, given the ids of leaf categories by path and of pictures."""
        for item in self.items[some]:
            yield _product(item, categories[item.type.leaf.path], tuple(pictures[p] for p in item.pictures if p in pictures))

    @cached_property
    def crowds(self) -> dict[str, buyers.Crowd]:
        return {
            market.code: buyers.crowd(
                market, max(4, round(self.sizes.buyers * market.share)), self.begins_at, self.ends_at,
                self._rng("crowd", market.code),
            )
            for market in markets()
        }  # fmt: skip

    def buyers(self) -> Iterator[PastBuyer]:
        for code, crowd in self.crowds.items():
            yield from crowd.records(self._rng("names", code), self.ends_at)

    def days(self) -> Iterator[Day]:
        return (self.day(number) for number in range(self.calendar_days))

    def day(self, number: int) -> Day:
        """One of the `calendar_days`. It does not depend on those before it."""
        day = self._calendar[number]
        rng, told = self._rng("day", day.isoformat()), Day(number)
        shelves = Shelves(self._by_kind, day, number)
        usual = self.sizes.visits / DAYS * (1 + GROWTH * (number / DAYS - 0.5)) * seasons.traffic(day)
        for visitors in self._visitors:
            expected = usual * visitors.market.share
            for visit in visitors.on(day, shelves, int(expected + rng.random()), rng):
                self._note(told, visit, visitors, rng)
        return told

    @property
    def calendar_days(self) -> int:
        return len(self._calendar)

    @cached_property
    def _calendar(self) -> list[date]:
        return rhythm.days_between(self.begins_at, self.ends_at)

    @cached_property
    def _visitors(self) -> list[Visitors]:
        slugs = {kind.slug: kind for kind in self._by_kind}
        return [Visitors(crowd, slugs, self._rng("taste", code)) for code, crowd in self.crowds.items()]

    @cached_property
    def _trade(self) -> Trade:
        return Trade(self.tags, self.ends_at)

    @cached_property
    def _voices(self) -> Voices:
        return Voices(self.rates, self.ends_at)

    @cached_property
    def _by_kind(self) -> dict[ProductType, list[Item]]:
        found: dict[ProductType, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.type, []).append(item)
        return found

    def _note(self, told: Day, visit: Visit, visitors: Visitors, rng: Random) -> None:
        seen = [s for s in visit.sightings if self.begins_at <= s.at < self.ends_at]
        told.sightings += seen
        if not visit.cart or len(seen) < len(visit.sightings) or rng.random() > 0.86:
            return
        deal = self._trade.close(visit, visitors.crowd, f"{told.number:03}-{len(told.purchases) + 1}", rng)
        if deal is None:
            return
        told.purchases.append(deal.purchase)
        told.orders += (sale.order for sale in deal.sales)
        told.refunds += deal.refunds()
        for sale in deal.sales:
            told.feedback += self._voices.feedback(sale, rng)


def _product(item: Item, category_id: UUID, picture_ids: tuple[UUID, ...]) -> PastProduct:
    kind, own = item.type, item.shop.trader.language
    texts = dict(zip(LANGUAGES, wording.descriptions(item.article, Random(item.ref)), strict=True))
    spoken = (own, *(language for language in LANGUAGES if language != own))
    return PastProduct(
        id=item.id,
        store_id=item.shop.id,
        category_id=category_id,
        ref=item.ref,
        slug=slug_of(wording.title(item.article, "en"), longest=80) or kind.slug,
        words=tuple(
            PastWords(language=language, title=wording.title(item.article, language), description=texts[language])
            for language in spoken
        ),
        variants=tuple(
            PastVariant(sku=piece.sku, price=piece.price, stock=piece.stock, options=piece.options) for piece in item.pieces
        ),
        published_at=item.published_at,
        brand=item.article.brand,
        attributes=item.attributes,
        picture_ids=picture_ids,
        weight_grams=kind.grams,
        origin=item.shop.place.code,
        hs_code=kind.hs_code,
    )
