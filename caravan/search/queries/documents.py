"""Products as the index wants them: a few statements a batch, whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from caravan.catalog.queries import SearchFact, listed_ids, search_facts
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.queries.prices import PaidPrice, paid_and_markets
from caravan.reputation.rules import symbol
from caravan.search.rules import categories, standing
from caravan.search.rules.document import SearchDocument
from caravan.trade.queries.rates import current_rates

BATCH = 500
_SYMBOLS = ("medal", "diamond", "crown")

_RECORDS = """
SELECT p.id, s.slug, s.status = 'open', s.ships_to, COALESCE(r.mean, 0), COALESCE(r.ratings, 0), COALESCE(sold.buyers_30d, 0),
       COALESCE(credit.points, 0), credit.positive_rate_low, COALESCE(sold.buyers_total, 0)
FROM catalog_product p
JOIN stores_store s ON s.id = p.store_id
LEFT JOIN reputation_productrating r ON r.product_id = p.id
LEFT JOIN insight_productsales sold ON sold.product_id = p.id
LEFT JOIN reputation_storecredit credit ON credit.store_id = p.store_id
WHERE p.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """What the market knows of a product besides what its seller says. `standing` is in twentieths."""

    store_slug: str
    store_is_open: bool
    ships_to: tuple[str, ...]
    rating_mean: float
    rating_count: int
    sold_30d: int
    standing: int
    buyers: int


def documents(product_ids: Iterable[UUID], *, at: datetime) -> list[SearchDocument]:
    """Of those products, the ones that can be bought: on sale, in stock, of an open store. The rest the index should forget."""
    ids = list(product_ids)
    rates = current_rates(at)
    records, paid = _records(ids), paid_and_markets(ids, at)
    return [
        _document(fact, record, *_paid(fact, paid), rates)
        for fact in search_facts(ids)
        if fact.is_listed and fact.in_stock and (record := records[fact.id]).store_is_open
    ]


def all_documents(*, at: datetime) -> Iterator[list[SearchDocument]]:
    """Every product that can be bought, in batches."""
    after: UUID | None = None
    while ids := listed_ids(after=after, limit=BATCH):
        yield documents(ids, at=at)
        after = ids[-1]


def store_standing(points: int, positive_rate_low: float | None) -> int:
    """In twentieths."""
    shown = symbol(points)
    reached = 5 * _SYMBOLS.index(shown.kind) + shown.level if shown else 0
    return standing.of_store(reached, positive_rate_low)


def _records(ids: list[UUID]) -> dict[UUID, ProductRecord]:
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, [ids])
        return {row[0]: _record(row) for row in cursor.fetchall()}


def _record(row: tuple[Any, ...]) -> ProductRecord:
    return ProductRecord(row[1], row[2], tuple(row[3]), row[4], row[5], row[6], store_standing(row[7], row[8]), row[9])


def _paid(fact: SearchFact, paid: Mapping[UUID, tuple[PaidPrice, tuple[str, ...]]]) -> tuple[Money, tuple[str, ...]]:
    if fact.id not in paid:
        return fact.price, ()
    found, markets = paid[fact.id]
    return found.offer.price, markets


def _document(
    fact: SearchFact, record: ProductRecord, price: Money, offered_in: tuple[str, ...], rates: RateTable
) -> SearchDocument:
    return SearchDocument(
        id=str(fact.id),
        store_id=str(fact.store_id),
        store_slug=record.store_slug,
        titles=fact.titles,
        category_path=categories.codes("/".join(fact.category_path)),
        price=_euro_cents(price, rates),
        published_at=fact.published_at,
        brand=fact.brand,
        category_names=fact.category_names,
        descriptions=fact.descriptions,
        attributes=fact.attributes,
        ships_to=record.ships_to,
        offered_in=offered_in,
        rating_mean=record.rating_mean,
        rating_count=record.rating_count,
        sold_30d=record.sold_30d,
        standing=record.standing / 20,
        buyers=record.buyers,
    )


def _euro_cents(price: Money, rates: RateTable) -> int:
    """Where a market has no rate for a store's currency yet, its own minor units: better out of order than out of the shop."""
    try:
        return rates.convert(price, "EUR").minor
    except Invalid:
        return price.minor
