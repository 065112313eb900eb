"""What the stores sell: which kinds, in which colours and sizes, at what price, and how well it will go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from caravan.catalog.rules.history import variant_id, version_id
from caravan.kernel.copying import record_id
from caravan.kernel.money import Money
from caravan.project.demo.content import labels
from caravan.project.demo.content.catalogue import ProductType
from caravan.project.demo.content.wording import Article, title
from caravan.project.demo.world.prices import PriceTags
from caravan.project.demo.world.scale import DAYS
from caravan.project.demo.world.seasons import Trend
from caravan.project.demo.world.shops import SOURCE, Shop

MOST_VARIANTS = 8
RISES_FROM = 0.4  # of the usual fame: what rises was not known before
_DEARER = (1.0, 1.24, 1.55)  # the second and third size of a figure: more storage, a bigger bottle
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What `art` draws: the same picture serves all goods of that kind and colour."""

    art: str
    colour: str
    view: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A variant: what one puts into the cart."""

    id: UUID
    sku: str
    price: Money
    stock: int
    options: Options


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A product as the simulation knows it. `fame` is how often it is come across, `quality` (0 to 1) how it turns out,
    `value` how much it gives for its price beside its kind."""

    id: UUID
    version_id: UUID
    shop: Shop
    type: ProductType
    ref: str
    article: Article
    title: str
    attributes: Options
    pieces: tuple[Piece, ...]
    pictures: tuple[Picture, ...]
    published_at: datetime
    fame: float
    quality: float
    value: float
    trend: Trend


def items(
    number: int,
    types: Sequence[ProductType],
    shops: Sequence[Shop],
    brands: Sequence[str],
    tags: PriceTags,
    begins_at: datetime,
    rng: Random,
) -> Iterator[Item]:
    """`number` products: each kind in turn (a small world has some kinds of every department), then popular kinds more often."""
    sellers = _sellers(types, shops)
    for n, kind in enumerate(_kinds(number, types, rng), start=1):
        who, often = sellers[kind.leaf.department]
        yield _item(n, kind, rng.choices(who, often)[0], brands, tags, begins_at, rng)


def _kinds(number: int, types: Sequence[ProductType], rng: Random) -> Iterator[ProductType]:
    some = min(number, len(types))
    first = [types[n * len(types) // some] for n in range(some)]
    yield from first
    yield from rng.choices(types, [0.5 + kind.demand for kind in types], k=number - len(first))


def _sellers(types: Sequence[ProductType], shops: Sequence[Shop]) -> dict[str, tuple[list[Shop], list[float]]]:
    found = {}
    for department in {kind.leaf.department for kind in types}:
        who = [shop for shop in shops if department in shop.trader.departments]
        found[department] = (who, [shop.trader.size / len(shop.trader.departments) for shop in who])
    return found


def _item(
    n: int, kind: ProductType, shop: Shop, brands: Sequence[str], tags: PriceTags, begins_at: datetime, rng: Random
) -> Item:
    product_id, ref = record_id(SOURCE, "product", str(n)), f"{kind.slug[:24]}-{n}"
    colours = rng.sample(kind.colours, min(len(kind.colours), _colour_count(kind, rng)))
    material = labels.material(rng.choice(kind.materials)) if kind.materials else None
    facts = tuple(rng.sample(range(len(kind.facts)), 2))
    single = labels.colour(colours[0]) if len(colours) == 1 else None
    article = Article(
        kind, rng.choice(brands) if rng.random() < 0.65 else "", facts, material if rng.random() < 0.5 else None, single,
        shop.place.code, shop.trader.handling_days,
    )  # fmt: skip
    low, high = kind.usd
    level = rng.betavariate(1.4, 2.4)
    usd = low * (high / low) ** level * shop.trader.price
    quality = min(1.0, max(0.05, shop.trader.quality + rng.gauss(0, 0.06)))
    newness, trend = rng.random(), _trend(rng)
    attributes = [("color", single.en)] if single else []
    if material:
        attributes.append(("material", material.en))
    return Item(
        id=product_id,
        version_id=version_id(product_id),
        shop=shop,
        type=kind,
        ref=ref,
        article=article,
        title=title(article, shop.trader.language),
        attributes=tuple(attributes),
        pieces=tuple(_pieces(product_id, ref, kind, colours, usd, shop.currency, tags, rng)),
        pictures=tuple(Picture(kind.art, colour) for colour in colours),
        published_at=_published(newness, shop, begins_at, rng),
        fame=rng.paretovariate(1.05) * shop.trader.size**0.6 * (0.25 + quality) * (RISES_FROM if trend.times > 1 else 1.0),
        quality=quality,
        value=(1.25 - 0.5 * level) / shop.trader.price,
        trend=trend,
    )


def _colour_count(kind: ProductType, rng: Random) -> int:
    return rng.choice((1, 1, 2)) if kind.sizes or kind.spec else rng.choice((1, 2, 2, 3))


def _published(newness: float, shop: Shop, begins_at: datetime, rng: Random) -> datetime:
    """Most goods were there before; one in ten appears as the world goes by, but not in its last three weeks."""
    if newness < 0.1:
        return begins_at + timedelta(days=rng.uniform(0, DAYS - 21))
    earliest = max(shop.opened_at, begins_at - timedelta(days=400))
    return earliest + (begins_at - earliest) * rng.random()


def _trend(rng: Random) -> Trend:
    luck = rng.random()
    if luck < 0.04:
        return Trend(times=rng.uniform(15, 40), middle=rng.uniform(DAYS - 14, DAYS - 8), width=rng.uniform(7, 12))
    if luck < 0.09:
        return Trend(times=rng.uniform(0.05, 0.25), middle=rng.uniform(35, 65), width=rng.uniform(20, 40))
    return Trend()


def _pieces(
    product_id: UUID, ref: str, kind: ProductType, colours: Sequence[str], usd: float, currency: str, tags: PriceTags, rng: Random
) -> Iterator[Piece]:
    prices: dict[float, Money] = {}
    for n, (options, factor) in enumerate(_combinations(kind, colours, rng), start=1):
        price = prices.get(factor)
        if price is None:
            price = prices[factor] = tags.tag(usd * factor, currency)
        sku = f"{ref}-{n}"
        stock = 0 if rng.random() < 0.03 else int(20 + 400 * rng.random() ** 2)
        yield Piece(variant_id(product_id, sku), sku, price, stock, options)


def _combinations(kind: ProductType, colours: Sequence[str], rng: Random) -> list[tuple[Options, float]]:
    """Colours with sizes or figures, as many as a listing holds; each with how much dearer it is."""
    seconds = _second_options(kind, MOST_VARIANTS // len(colours), rng)
    shown = len(colours) > 1
    made = []
    for colour in colours:
        first: Options = (("color", labels.colour(colour).en),) if shown else ()
        made += [((*first, *more), factor) for more, factor in seconds]
    return made


def _second_options(kind: ProductType, most: int, rng: Random) -> list[tuple[Options, float]]:
    if kind.sizes:
        scale = labels.sizes(kind.sizes)
        count = min(most, len(scale), rng.randint(3, 6))
        first = rng.randint(0, len(scale) - count)
        return [((("size", size.en),), 1.0) for size in scale[first : first + count]]
    if kind.spec:
        figures = labels.figures(kind.spec)
        chosen = sorted(rng.sample(range(len(figures)), min(len(figures), most, rng.choice((2, 3)))))
        return [(((kind.spec.code, figures[i].en),), _DEARER[i - chosen[0]]) for i in chosen]
    return [((), 1.0)]
