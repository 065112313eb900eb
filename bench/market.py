"""A synthetic market of N products, written through the actions that load any records of the past.

    python -m bench.market 1000        into the database and folders of the environment (DATABASE_URL, CARAVAN_VAR)

What one page shows is the same at every size: 50 goods a store, two orders a product, feedback on more than half of them.
Only the number of stores and the fill of the twenty categories grow. Words of descriptions are as unevenly common as those of
a language (Zipf), so that a search finds what is called so, and a few that mention it.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import TypeVar
from uuid import UUID

import django

T = TypeVar("T")
PER_STORE = 50
PER_BUYER = 4  # orders
DAYS = 28
CATEGORIES = {
    "home": ("lamps", "textiles", "storage", "clocks", "vases"),
    "garden": ("tools", "pots", "seeds", "furniture", "grills"),
    "travel": ("suitcases", "backpacks", "bottles", "maps", "tents"),
    "office": ("pens", "notebooks", "desks", "chairs", "boards"),
}
LOOKS = [
    "Amber",
    "Birch",
    "Copper",
    "Dusk",
    "Ember",
    "Fjord",
    "Granite",
    "Harbour",
    "Indigo",
    "Juniper",
    "Kelp",
    "Linen",
    "Maple",
    "Nordic",
    "Olive",
    "Pine",
]
WORTHS = [
    "folding",
    "sturdy",
    "light",
    "quiet",
    "handmade",
    "recycled",
    "slim",
    "double",
    "waterproof",
    "compact",
    "classic",
    "tall",
]
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ter",
    "na",
    "sol",
    "ru",
    "ven",
    "da",
    "pi",
    "gor",
    "es",
    "tu",
    "mar",
    "be",
    "lin",
    "fo",
    "ras",
    "jo",
    "ul",
]
VOCABULARY = 20_000
COLOURS = ("red", "blue", "green")
MARKETS = (("BR", "pt", "BRL"), ("US", "en", "USD"), ("ES", "es", "EUR"), ("PL", "en", "PLN"))
LEAVES = [f"{root}/{leaf}" for root, leaves in CATEGORIES.items() for leaf in leaves]


def make(products: int, at: datetime) -> None:
    """The whole market as of `at`: tables, read models, search index."""
    from django.db import connection

    from caravan.catalog.actions.history import record_products
    from caravan.insight.actions import refresh
    from caravan.people.actions.history import record_buyers
    from caravan.project.prepare import prepare
    from caravan.reputation.actions import refresh_all
    from caravan.search.actions import rebuild
    from caravan.stores.actions.history import record_stores
    from caravan.trade.actions.rates import refresh_rates

    def analyze() -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    prepare()
    refresh_rates()
    categories = _categories()
    stages: list[tuple[str, Callable[[], object]]] = [
        ("stores", lambda: record_stores(stores=[store(n, at) for n in range(-(-products // PER_STORE))])),
        ("pictures", lambda: _pictures(products)),
        ("products", lambda: _each(_goods(products, categories, at), 1000, lambda b: record_products(products=b, at=at))),
        ("buyers", lambda: _each((buyer(n, at) for n in range(_buyers(products))), 2000, lambda b: record_buyers(buyers=b))),
        ("orders", lambda: _each((order(n, products, at) for n in range(2 * products)), 2000, _record_trade)),
        ("statistics", analyze),
        ("standing", lambda: refresh_all(at=at)),
        ("rankings", lambda: refresh(as_of=at, at=at)),
        ("search", lambda: rebuild(at=at)),
        ("statistics", analyze),
    ]
    for name, write in stages:
        began = time.monotonic()
        write()
        print(f"  {products:,} products: {name} {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


def store(n: int, at: datetime):  # type: ignore[no-untyped-def] # types of the rooms need a set-up Django
    from caravan.stores.rules.history import PastStore

    country, language, currency = MARKETS[n % len(MARKETS)]
    return PastStore(
        id=_id("store", n), source="bench", ref=str(n), slug=f"store-{n}", name=f"{LOOKS[n % 16]} Trading {n}", country=country,
        currency=currency, language=language, zone="UTC", opened_at=at - timedelta(days=400), description=_words(n, 40),
    )  # fmt: skip


def product(n: int, categories: dict[str, UUID], at: datetime):  # type: ignore[no-untyped-def]
    from caravan.catalog.rules.history import PastProduct, PastVariant, PastWords
    from caravan.kernel.money import Money

    leaf = LEAVES[n % len(LEAVES)]
    thing = leaf.partition("/")[2].rstrip("s")
    currency = MARKETS[n // PER_STORE % len(MARKETS)][2]
    return PastProduct(
        id=_id("product", n),
        store_id=_id("store", n // PER_STORE),
        category_id=categories[leaf],
        ref=str(n),
        slug=f"{thing}-{n}",
        words=(
            PastWords(language="en", title=title(n), description=_words(n, 60)),
            PastWords(language="pt", title=f"{title(n)} (pt)", description=_words(n + 1, 60)),
        ),
        variants=tuple(
            PastVariant(
                sku=f"{n}-{k}", price=Money(1500 + n * 37 % 9000 + 100 * k, currency), stock=10 + n % 90,
                options=(("color", colour),),
            )
            for k, colour in enumerate(COLOURS)
        ),
        published_at=at - timedelta(days=30 + n % 300),
        brand=LOOKS[n % 13],
        attributes=(("material", WORTHS[n % 12]), ("origin", LOOKS[n % 7])),
        picture_ids=tuple(_id("picture", n, k) for k in range(3)),
        weight_grams=200 + n % 3000,
    )  # fmt: skip


def _goods(products: int, categories: dict[str, UUID], at: datetime):  # type: ignore[no-untyped-def]
    return (product(n, categories, at) for n in range(products))


def title(n: int) -> str:
    thing = LEAVES[n % len(LEAVES)].partition("/")[2].rstrip("s")
    return f"{LOOKS[n % 16]} {WORTHS[n // 16 % 12]} {thing} model {n}"


def buyer(n: int, at: datetime):  # type: ignore[no-untyped-def]
    from caravan.people.rules.history import PastBuyer

    country = MARKETS[n % len(MARKETS)][0]
    return PastBuyer(id=_id("buyer", n), source="bench", ref=str(n), name=f"Buyer {n}", country=country, created_at=at)


def order(n: int, products: int, at: datetime):  # type: ignore[no-untyped-def]
    """One line each. Few products sell much and many little, so that lists have something to rank."""
    from caravan.catalog.rules.history import variant_id, version_id
    from caravan.trade.rules.history import PastLine, PastOrder

    chance = random.Random(n)
    which = int(products * chance.random() ** 1.3)
    country, language, currency = MARKETS[chance.randrange(len(MARKETS))]
    placed = at - timedelta(days=DAYS * chance.random() + 0.01)
    units = 1 + chance.randrange(3)
    line = PastLine(
        id=_id("line", n), product_id=_id("product", which), variant_id=variant_id(_id("product", which), f"{which}-0"),
        version_id=version_id(_id("product", which)), title=title(which), sku=f"{which}-0", quantity=units, unit_minor=2000,
        eur_minor=1800 * units,
    )  # fmt: skip
    return PastOrder(
        id=_id("order", n), source="bench", ref=str(n), number=f"B{n}", store_id=_id("store", which // PER_STORE),
        buyer_id=_id("buyer", chance.randrange(_buyers(products))), market=country, language=language, currency=currency,
        store_currency=MARKETS[which // PER_STORE % len(MARKETS)][2], rate=Decimal(1), shipping_minor=0, shipping_eur_minor=0,
        lines=(line,), placed_at=placed, paid_at=placed, shipped_at=placed, received_at=placed,
    )  # fmt: skip


def feedback(n: int, past):  # type: ignore[no-untyped-def]
    from caravan.reputation.rules.history import PastFeedback

    chance = random.Random(-n)
    line = past.lines[0]
    stars = chance.choice((1, 3, 4, 4, 5, 5, 5, 5))
    return PastFeedback(
        id=_id("feedback", n), line_id=line.id, order_id=past.id, store_id=past.store_id, buyer_id=past.buyer_id,
        product_id=line.product_id, version_id=line.version_id, market=past.market, stars=stars, described=stars,
        communication=stars, shipping=max(1, stars - 1), language=past.language, text=_words(n, 20),
        created_at=past.placed_at + timedelta(minutes=5), order_usd_minor=4000,
    )  # fmt: skip


def _record_trade(orders: Sequence) -> None:  # type: ignore[type-arg]
    from caravan.reputation.actions.history import record_feedback
    from caravan.trade.actions.history import record_orders

    record_orders(orders=orders)
    record_feedback(feedback=[feedback(int(o.ref), o) for o in orders if int(o.ref) % 5 < 3])


def _categories() -> dict[str, UUID]:
    from caravan.catalog.actions.history import record_attribute, record_category

    record_attribute(
        code="color", names=[("en", "Colour"), ("pt", "Cor")], values=[(c, [("pt", c)]) for c in COLOURS], is_option=True
    )
    record_attribute(code="material", names=[("en", "Material"), ("pt", "Material")])
    ids = {}
    for root, leaves in CATEGORIES.items():
        record_category(path=root, names=[("en", root.capitalize())])
        for leaf in leaves:
            ids[f"{root}/{leaf}"] = record_category(path=f"{root}/{leaf}", names=[("en", leaf.capitalize())]).pk
    return ids


def _pictures(products: int) -> None:
    """Rows only: no page opens the files."""
    from django.db import connection

    from caravan.kernel.copying import copy_rows

    now = datetime.now(UTC)
    rows = [(_id("picture", n, k), f"{n:032x}{k:032x}", 1280, 1280, now) for n in range(products) for k in range(3)]
    with connection.cursor() as cursor:
        copy_rows(cursor, "catalog_picture", ("id", "digest", "width", "height", "created_at"), rows)


def _each(rows: Iterator[T], size: int, write: Callable[[list[T]], object]) -> None:
    while batch := list(islice(rows, size)):
        write(batch)


def _buyers(products: int) -> int:
    return max(1, 2 * products // PER_BUYER)


def _id(*parts: object) -> UUID:
    from caravan.kernel.copying import record_id

    return record_id("bench", *map(str, parts))


def _words(n: int, count: int) -> str:
    chance = random.Random(n)
    return " ".join(_word(int(VOCABULARY ** chance.random())) for _ in range(count)).capitalize() + "."


def _word(n: int) -> str:
    """The n-th most common word: 1 stands in one description of eleven words or so, 20,000 in one of some thousands."""
    return "".join(SYLLABLES[n // base % len(SYLLABLES)] for base in (1, 20, 400, 8_000) if n >= base)


if __name__ == "__main__":
    django.setup()
    make(int(sys.argv[1]), datetime.now(UTC))
