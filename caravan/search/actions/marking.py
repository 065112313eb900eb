"""Which products the index should look at again. Rows are written in order of id, so that two writers never wait for each other
crosswise; a product marked twice is indexed once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from caravan.reputation.queries import credit_of
from caravan.search.queries.documents import store_standing

_MARK = """
INSERT INTO search_dirty (product_id, mark)
SELECT which.id, pg_current_xact_id()::text::bigint FROM ({which}) AS which (id) ORDER BY which.id
ON CONFLICT (product_id) DO UPDATE SET mark = excluded.mark
"""
_GIVEN = "SELECT DISTINCT unnest(%s::uuid[])"
_OF_STORE = """
SELECT id FROM catalog_product WHERE store_id = %s AND status = 'active'
UNION SELECT product_id FROM search_indexed WHERE store_id = %s
"""
_OTHER_STANDING = "SELECT product_id FROM search_indexed WHERE store_id = %s AND (standing < %s OR standing > %s)"
_OTHER_SALES = """
SELECT i.product_id FROM search_indexed i LEFT JOIN insight_productsales sold ON sold.product_id = i.product_id
WHERE (i.sold_30d, i.buyers) <> (COALESCE(sold.buyers_30d, 0), COALESCE(sold.buyers_total, 0))
"""


def mark_products(*, product_ids: Iterable[UUID]) -> int:
    """Returns how many were marked."""
    return _mark(_GIVEN, list(product_ids))


def mark_store(*, store_id: UUID) -> int:
    """All goods of a store: it opened or closed, or delivers elsewhere."""
    return _mark(_OF_STORE, store_id, store_id)


def mark_standing(*, store_id: UUID) -> int:
    """The goods whose store now stands otherwise than the index was told. Seldom any."""
    credit = credit_of(store_id)
    now = store_standing(credit.points, credit.positive_rate_low)
    return _mark(_OTHER_STANDING, store_id, now, now)


def mark_sales() -> int:
    """The goods that have sold otherwise than the index was told, in the last 30 days or ever."""
    return _mark(_OTHER_SALES)


def _mark(which: str, *params: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_MARK.format(which=which), params)
        return int(cursor.rowcount)
