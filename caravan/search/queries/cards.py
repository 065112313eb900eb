"""Products as every list shows them: one prepared statement for a page of any length. The hottest read of the market."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from msgspec import json

from caravan.catalog.queries import PictureRow, picture_row
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.queries.offers import offers_by_stamp
from caravan.promotions.rules import StoreOffers, Terms, unit_price
from caravan.search.queries.card_offers import VARIANTS, OnOffer, on_offer
from caravan.search.queries.labels import store_names
from caravan.search.rules.page import Hit
from caravan.trade.queries.rates import buyer_rates

Standing = tuple[float | None, int, int]  # mean of the stars, how many, buyers


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A product in a list. `price` is its lowest unit price in the visitor's currency (in the store's own where there is no
    rate), deals included, `varies` when variants cost more; `buyers` have ever bought it; `rating` is the raw mean of `ratings`,
    1 to 5. `on_offer`: some variant has a deal. `was` is the reference price of the one that makes `price`, where history bears
    one, `percent` by how much it is undercut, `deal_until` when that ends; `deal_id` is that deal's.

    While the database says the same of it, it is the same object: what is drawn of a card may be kept by the card.
    """

    id: UUID
    slug: str
    title: str
    category_path: str
    store_id: UUID
    store_slug: str
    store_name: str
    price: Money
    varies: bool
    in_stock: bool
    delivers: bool
    rating: float | None
    ratings: int
    buyers: int
    published_at: datetime
    picture: PictureRow | None
    on_offer: bool = False
    was: Money | None = None
    percent: int = 0
    deal_name: str = ""
    deal_until: datetime | None = None
    deal_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class StoreCards:
    """Goods of a store, the newest first; those and others asked for by id; what it has on, now or later, if anything."""

    newest: Sequence[Card]
    by_id: Mapping[UUID, Card]
    offers: StoreOffers | None


# OFFSET 0: looked up for each of the goods. Left to itself the planner reads all stores and all categories there are.
# What is looked up costs more in a larger market, where the rows of a list lie far from each other: hence few tables.
_FOUND = f"""
SELECT p.id::text, p.slug, COALESCE(p.titles->>%s, p.title), c.path, p.store_id::text, s.slug, s.name,
       COALESCE(offer.low, p.price_minor), COALESCE(offer.high, p.price_max_minor), p.currency, COALESCE(offer.in_stock, false),
       s.ships_to = '{{}}' OR %s = ANY(s.ships_to),
       EXTRACT(EPOCH FROM COALESCE(p.published_at, p.created_at))::float8,
       p.cover_id::text, p.cover_digest, p.cover_width, p.cover_height, stamp.number, {VARIANTS}
FROM catalog_product p
JOIN LATERAL (
    SELECT o.slug, o.name, o.ships_to FROM stores_store o WHERE o.id = p.store_id AND o.status = 'open' OFFSET 0
) s ON true
JOIN LATERAL (SELECT o.path FROM catalog_category o WHERE o.id = p.category_id OFFSET 0) c ON true
LEFT JOIN promotions_stamp stamp ON stamp.store_id = p.store_id
LEFT JOIN LATERAL (
    SELECT min(COALESCE(own.minor, o.price_minor)) AS low, max(COALESCE(own.minor, o.price_minor)) AS high,
           bool_or(o.stock > 0) AS in_stock
    FROM catalog_variant o
    LEFT JOIN catalog_price own ON own.variant_id = o.id AND own.market = %s AND own.market <> '' AND own.until IS NULL
    WHERE o.product_id = p.id AND o.is_active
) offer ON true
WHERE p.id = ANY(%s::uuid[]) AND p.status = 'active'
"""  # noqa: S608 - constants
# What was found by search brings its stars and buyers with it. Others' are looked up.
_CARDS = _FOUND.replace(
    "\nFROM catalog_product p\n",
    """, r.mean, COALESCE(r.ratings, 0), COALESCE(sold.buyers_total, 0)
FROM catalog_product p
LEFT JOIN reputation_productrating r ON r.product_id = p.id
LEFT JOIN insight_productsales sold ON sold.product_id = p.id
""",
)
# A store's newest goods, out of the index that has them in that order, and some others of it.
_NEWEST = _CARDS.replace(
    "\nFROM catalog_product p\n",
    """
FROM (
    WITH newest AS (
        SELECT * FROM catalog_product WHERE store_id = %s AND status = 'active' AND (%s::uuid IS NULL OR id < %s)
        ORDER BY id DESC LIMIT %s
    )
    SELECT * FROM newest
    UNION ALL SELECT * FROM catalog_product WHERE id = ANY(%s::uuid[]) AND id NOT IN (SELECT id FROM newest)
) p
""",
).replace("p.id = ANY(%s::uuid[]) AND ", "")
# Beside the first of the goods, what stores are called: one statement for a list and its filter of stores.
_NAMES = """, CASE row_number() OVER () WHEN 1 THEN (
    SELECT json_object_agg(named.slug, named.name)::text FROM stores_store named
    WHERE named.slug = ANY(%s) AND named.status = 'open'
) END
FROM catalog_product p
"""
_FOUND_AND_NAMES = _FOUND.replace("\nFROM catalog_product p\n", _NAMES)


def cards(ids: Iterable[UUID | str], *, market: Market, at: datetime) -> tuple[Card, ...]:
    """The products of those ids in the order of the ids, as `market` sees them; what is no longer on sale is left out.

    Something sold out a moment ago stays, not `in_stock`.
    """
    wanted = dict.fromkeys(map(str, ids))
    if not wanted:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, [*_seen_from(market, at), market.code, _array(wanted)])
        return _in_order(wanted, cursor.fetchall(), market, at)[0]


def newest_cards(
    store_id: UUID, *, limit: int, market: Market, at: datetime, before: UUID | None = None, others: Sequence[UUID] = ()
) -> StoreCards:
    """A store's goods on sale, `limit` of them from behind `before`, and some `others` of its goods."""
    wanted = [*_seen_from(market, at), store_id, before, before, limit, list(others), market.code]
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, wanted)
        rows = sorted(cursor.fetchall(), reverse=True)  # by id, which says when it came
    found, offers = _in_order(dict.fromkeys(row[0] for row in rows), rows, market, at)
    newest = [card for card in found if before is None or card.id < before]
    return StoreCards(newest[:limit], {card.id: card for card in found}, offers.get(store_id))


def found_cards(hits: Sequence[Hit], *, market: Market, at: datetime) -> tuple[Card, ...]:
    """The products that were found, in that order, as `cards`; with the stars and buyers that search knows of."""
    wanted = _standings(hits)
    if not wanted:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [*_seen_from(market, at), market.code, _array(wanted)])
        return _in_order(wanted, cursor.fetchall(), market, at)[0]


def found_cards_and_stores(
    hits: Sequence[Hit], slugs: Sequence[str], *, market: Market, at: datetime
) -> tuple[tuple[Card, ...], Mapping[str, str]]:
    """The same, and what the open stores of those slugs are called."""
    wanted = _standings(hits)
    if not wanted or not slugs:
        return found_cards(hits, market=market, at=at), store_names(slugs)
    with connection.cursor() as cursor:
        cursor.execute(_FOUND_AND_NAMES, [*_seen_from(market, at), list(slugs), market.code, _array(wanted)])
        found = cursor.fetchall()
    if not found:
        return (), store_names(slugs)
    return _in_order(wanted, found, market, at)[0], json.decode(found[0][-1] or "{}")


def _standings(hits: Sequence[Hit]) -> dict[str, Standing | None]:
    return {hit.id: (hit.mean if hit.ratings else None, hit.ratings, hit.buyers) for hit in hits}


def _seen_from(market: Market, at: datetime) -> tuple[Any, ...]:
    return market.language, market.code, market.code, at, at, market.code


def _array(ids: Iterable[str]) -> str:
    """The ids as one text, as the index hands them over: as UUIDs they would be taken apart and put together again."""
    return f"{{{','.join(ids)}}}"


def _in_order(
    wanted: Mapping[str, Standing | None], rows: Iterable[tuple[Any, ...]], market: Market, at: datetime
) -> tuple[tuple[Card, ...], Mapping[UUID, StoreOffers]]:
    """The cards, and what their stores have on. Where a standing is not known, the row holds it."""
    prices = _prices(market.currency, buyer_rates(at))
    found = {row[0]: row for row in rows}
    stamps = {UUID(row[4]): row[17] for row in found.values() if row[17] is not None}
    offers = offers_by_stamp(stamps, at) if stamps else {}
    ordered = [
        _of(row, standing or row[19:22], prices, offers, market.code, at)
        for id, standing in wanted.items()
        if (row := found.get(id))
    ]
    return tuple(ordered), offers


def _of(
    row: tuple[Any, ...], standing: Standing, prices: _Prices, offers: Mapping[UUID, StoreOffers], market: str, at: datetime
) -> Card:
    said, currency = row[:17] + standing, row[9]
    if row[18] is not None and (own := offers.get(UUID(row[4]))):
        found = on_offer(row[0], row[4], row[3], currency, row[18], row[17], own, market, at)
        if found:
            was = prices[found.was, currency] if found.was is not None else None
            return _card(said, *prices[found.low, currency], found, was)
    return _card(said, *prices[row[7], currency])


class _Prices(dict[tuple[int, str], tuple[int, str]]):
    """Unit prices in `currency`, by (minor units, currency) of the list price, each worked out once for these rates.

    Both as a plain pair, which is a key of what is kept that costs less than Money.
    """

    def __init__(self, currency: str, rates: RateTable) -> None:
        self.rates = rates
        self._currency = currency
        self._terms = Terms(rates=rates)

    def __missing__(self, listed: tuple[int, str]) -> tuple[int, str]:
        known = all(one == "EUR" or one in self.rates.per_eur for one in (listed[1], self._currency))
        price = Money(*listed)
        unit = unit_price(price, self._currency, self._terms) if known else price
        self[listed] = unit.minor, unit.currency
        return self[listed]


_kept_prices: dict[str, _Prices] = {}


def _prices(currency: str, rates: RateTable) -> _Prices:
    kept = _kept_prices.get(currency)
    if kept is None or kept.rates is not rates:
        kept = _kept_prices[currency] = _Prices(currency, rates)
    return kept


@lru_cache(maxsize=16_384)
def _card(
    row: tuple[Any, ...], minor: int, currency: str, offer: OnOffer | None = None, was: tuple[int, str] | None = None
) -> Card:
    """Never stale: all it is made of is the key."""
    (id, slug, title, path, store_id, store_slug, store_name, low, high, _currency, in_stock, delivers,
     published, picture_id, digest, width, height, rating, ratings, buyers) = row  # fmt: skip
    return Card(
        id=UUID(id),
        slug=slug,
        title=title,
        category_path=path,
        store_id=UUID(store_id),
        store_slug=store_slug,
        store_name=store_name,
        price=Money(minor, currency),
        varies=offer.varies if offer else high != low,
        in_stock=in_stock,
        delivers=delivers,
        rating=rating if ratings else None,
        ratings=ratings,
        buyers=buyers,
        published_at=datetime.fromtimestamp(published, UTC),
        picture=picture_row(UUID(picture_id), digest, width, height) if picture_id else None,
        on_offer=offer is not None,
        was=Money(*was) if was else None,
        percent=offer.percent if offer else 0,
        deal_name=offer.name if offer else "",
        deal_until=datetime.fromtimestamp(offer.until, UTC) if offer and offer.until else None,
        deal_id=offer.deal_id if offer else None,
    )
