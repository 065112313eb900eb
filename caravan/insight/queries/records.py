from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from caravan.reputation.queries import RatingRow
from caravan.reputation.rules import Histogram


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """What buyers have made of a product: how it is rated, how many pieces were ever bought, and by how many of them.

    `stamp` is that of its store's offers (`promotions.queries.offers`), None where there are none.
    """

    rating: RatingRow
    units: int
    buyers: int
    stamp: int | None = None


_RECORD = """
SELECT COALESCE(sold.units_total, 0), COALESCE(sold.buyers_total, 0),
       COALESCE(r.ratings, 0), r.mean, r.bayesian, r.refreshed_at,
       (SELECT st.number FROM catalog_product g JOIN promotions_stamp st ON st.store_id = g.store_id WHERE g.id = p.id),
       COALESCE(r.stars1, 0), COALESCE(r.stars2, 0), COALESCE(r.stars3, 0), COALESCE(r.stars4, 0), COALESCE(r.stars5, 0)
FROM (SELECT %s::uuid AS id) p
LEFT JOIN insight_productsales sold ON sold.product_id = p.id
LEFT JOIN reputation_productrating r ON r.product_id = p.id
"""


def record_of(product_id: UUID) -> ProductRecord:
    """In one statement; zeros where nobody bought or rated it."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, [product_id])
        units, buyers, ratings, mean, bayesian, refreshed_at, stamp, *stars = cursor.fetchone()
    return ProductRecord(RatingRow(ratings, mean, bayesian, Histogram(tuple(stars)), refreshed_at), units, buyers, stamp)
