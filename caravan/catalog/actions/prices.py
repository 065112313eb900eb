"""The price history: closing the row in force and opening the next at the same instant, so that it has no gap and no overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from caravan.catalog.models import Price
from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True)
class PriceChange:
    """What a variant costs from now on in a market ("" everywhere else); None ends the market's own price."""

    variant_id: UUID
    market: str
    price: Money | None


# A clock behind the last change must not write history backwards: a row ends no earlier than it began, the next begins
# no earlier than the last one ended.
_CLOSE = """
UPDATE catalog_price p SET until = GREATEST(p.since, %s)
FROM unnest(%s::uuid[], %s::varchar[]) AS ended (variant_id, market)
WHERE p.variant_id = ended.variant_id AND p.market = ended.market AND p.until IS NULL
RETURNING p.id, p.since = p.until
"""
_ENDED = """
SELECT p.variant_id, p.market, max(p.until) FROM catalog_price p
JOIN unnest(%s::uuid[], %s::varchar[]) AS changed (variant_id, market)
  ON p.variant_id = changed.variant_id AND p.market = changed.market
GROUP BY p.variant_id, p.market
"""


def change_prices(changes: Sequence[PriceChange], *, at: datetime) -> None:
    """Make `changes` true from `at` on, inside the caller's transaction, which holds the variants' locks."""
    if not changes:
        return
    which: list[list[Any]] = [[c.variant_id for c in changes], [c.market for c in changes]]
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [at, which[0], which[1]])
        unlived = [row_id for row_id, was_never_in_force in cursor.fetchall() if was_never_in_force]
        cursor.execute(_ENDED, which)
        ended = {(variant_id, market): until for variant_id, market, until in cursor.fetchall()}
    if unlived:
        Price.objects.filter(pk__in=unlived).delete()
    Price.objects.bulk_create(
        Price(
            variant_id=c.variant_id,
            market=c.market,
            minor=c.price.minor,
            currency=c.price.currency,
            since=max(at, ended.get((c.variant_id, c.market), at)),
        )
        for c in changes
        if c.price
    )
