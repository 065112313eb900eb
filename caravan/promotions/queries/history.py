"""What goods cost before, list prices and offered ones together: what a discount is held against and a price chart shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from caravan.kernel.money import Money
from caravan.promotions.queries.offers import PLATFORM
from caravan.promotions.rules.past import PastPrice, met_in
from caravan.promotions.rules.reference import TRUTH, Reference, reference
from caravan.promotions.rules.series import PriceStep, steps

CHART_DAYS = 180

# Open to all, or to whoever likes to follow: those prices count. What a store gives new buyers or people it chose, does not.
_PAST = """
WITH wanted (variant_id, since, until) AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(since)s::timestamptz[], %(until)s::timestamptz[])
)
SELECT w.variant_id, p.minor, p.currency, p.since, p.until, p.market, NULL::uuid, x.on_sale_since
FROM wanted w JOIN catalog_variant v ON v.id = w.variant_id JOIN catalog_product x ON x.id = v.product_id
JOIN catalog_price p ON p.variant_id = v.id AND p.currency = v.currency
WHERE (%(market)s::varchar IS NULL OR p.market IN ('', %(market)s::varchar)) AND p.since < w.until
  AND (p.until IS NULL OR p.until > w.since)
UNION ALL
SELECT w.variant_id, o.minor, o.currency, o.since, o.until, o.market, o.promotion_id, NULL
FROM wanted w JOIN catalog_variant v ON v.id = w.variant_id
JOIN promotions_offeredprice o ON o.variant_id = v.id AND o.currency = v.currency
JOIN promotions_promotion m ON m.id = o.promotion_id AND m.audience IN ('everyone', 'followers')
WHERE (%(market)s::varchar IS NULL OR o.market IN ('', %(market)s::varchar)) AND o.since < w.until AND o.until > w.since
"""

_STAMPS = "SELECT NULL, number, '', NULL, NULL, '', store_id, NULL FROM promotions_stamp WHERE store_id = ANY(%(stores)s::uuid[])"


def reference_prices(variant_ids: Iterable[UUID], market: str, at: datetime) -> dict[UUID, Reference]:
    """The reference price of each variant for a discount in `market` (ISO country; "": where there is no own price) that starts
    at `at`: the lowest of the thirty days before. Variants that had a price for too short a time are left out. One statement."""
    return references(dict.fromkeys(variant_ids, at), market)


def references(starts: Mapping[UUID, datetime], market: str) -> dict[UUID, Reference]:
    """The same, where each variant's discount (its deal's `when.since`) has a start of its own."""
    since = timedelta(days=TRUTH.days)
    past = _past({id: (start - since, start) for id, start in starts.items()}, market)
    found = {id: reference(met_in(past.get(id, ()), market), start) for id, start in starts.items()}
    return {id: lowest for id, lowest in found.items() if lowest is not None}


def price_steps(variant_id: UUID, market: str, at: datetime, *, days: int = CHART_DAYS) -> list[PriceStep]:
    """What the variant cost in `market` in the `days` before `at`, from change to change, the oldest first, in its store's
    currency: the chart and the table behind it."""
    since = at - timedelta(days=days)
    return steps(met_in(_past({variant_id: (since, at)}, market).get(variant_id, ()), market), since, at)


def past_and_stamps(
    variant_id: UUID, store_id: UUID, market: str, at: datetime, *, days: int = CHART_DAYS
) -> tuple[list[PastPrice], dict[UUID, int]]:
    """What a product's page asks: the prices of the last `days` that buyers of `market` met, and the stamps of the store's and
    the platform's offers, where there are any. One statement."""
    asked: dict[str, Any] = {"ids": [variant_id], "since": [at - timedelta(days=days)], "until": [at], "market": market}
    past, stamps = list[PastPrice](), dict[UUID, int]()
    with connection.cursor() as cursor:
        cursor.execute(f"{_PAST} UNION ALL {_STAMPS}", asked | {"stores": [store_id, PLATFORM]})
        for id, minor, currency, since, until, of_market, about, met_since in cursor.fetchall():
            if id is None:
                stamps[about] = minor
            else:
                past.append(PastPrice(Money(minor, currency), since, until, of_market, about, met_since))
    return met_in(past, market), stamps


def past_prices(variant_ids: Iterable[UUID], since: datetime, until: datetime) -> dict[UUID, list[PastPrice]]:
    """All prices of the variants between the two instants, of all markets."""
    return _past(dict.fromkeys(variant_ids, (since, until)), None)


def _past(windows: Mapping[UUID, tuple[datetime, datetime]], market: str | None) -> dict[UUID, list[PastPrice]]:
    found: dict[UUID, list[PastPrice]] = {}
    if not windows:
        return found
    asked: dict[str, Any] = {
        "ids": list(windows),
        "since": [since for since, _ in windows.values()],
        "until": [until for _, until in windows.values()],
        "market": market,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAST, asked)
        for id, minor, currency, since, until, of_market, about, met_since in cursor.fetchall():
            found.setdefault(id, []).append(PastPrice(Money(minor, currency), since, until, of_market, about, met_since))
    return found
