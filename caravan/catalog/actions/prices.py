"""The price history: closing the row in force and opening the next at the same instant, so that it has no gap and no overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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


# A clock behind the last change must not write history backwards: the row ends no earlier than it began.
_CLOSE = """
UPDATE catalog_price p SET until = GREATEST(p.since, %s)
FROM unnest(%s::uuid[], %s::varchar[]) AS ended (variant_id, market)
WHERE p.variant_id = ended.variant_id AND p.market = ended.market AND p.until IS NULL
RETURNING p.id, p.variant_id, p.market, p.since, p.until
"""


def change_prices(changes: Sequence[PriceChange], at: datetime) -> None:
    """Make `changes` true from `at` on, inside the caller's transaction, which holds the variants' locks."""
    if not changes:
        return
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [at, [c.variant_id for c in changes], [c.market for c in changes]])
        closed = cursor.fetchall()
    # A price that was replaced in the instant it was set was never in force.
    Price.objects.filter(pk__in=[row[0] for row in closed if row[3] == row[4]]).delete()
    ended = {(row[1], row[2]): row[4] for row in closed}
    Price.objects.bulk_create(
        Price(
            variant_id=c.variant_id,
            market=c.market,
            minor=c.price.minor,
            currency=c.price.currency,
            since=ended.get((c.variant_id, c.market), at),
        )
        for c in changes
        if c.price
    )
