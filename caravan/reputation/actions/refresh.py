"""Feedback into standing. A store's own after each feedback; everything (category means too) by the periodic task.

Who writes a store's standing holds its lock from before the reading, so that of two at once the later reads what both know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from caravan.outbox.actions import record
from caravan.reputation.events import StandingChanged
from caravan.reputation.models import Feedback
from caravan.reputation.models import StoreCredit as StoreCreditModel
from caravan.reputation.rules import DEFAULTS, CategoryMeans, Rating, StoreCredit, store_credit

# The prior where not even the category has a rating yet: what marketplaces report as their usual mean.
USUAL_STARS = 4.0

MEANS = """
INSERT INTO reputation_categorymean (category_id, stars, described, communication, shipping, ratings, refreshed_at)
SELECT p.category_id, avg(f.stars), avg(f.described), avg(f.communication), avg(f.shipping), count(*), %(at)s
FROM reputation_feedback f JOIN catalog_product p ON p.id = f.product_id
WHERE f.scored AND f.created_at < %(at)s AND f.created_at >= %(since)s
GROUP BY p.category_id
ON CONFLICT (category_id) DO UPDATE SET stars = excluded.stars, described = excluded.described,
    communication = excluded.communication,
    shipping = excluded.shipping, ratings = excluded.ratings, refreshed_at = excluded.refreshed_at
"""

# rules.bayesian_mean, said in SQL so that a million products need no round trip; a test holds the two together.
RATINGS = """
INSERT INTO reputation_productrating
    (product_id, ratings, stars1, stars2, stars3, stars4, stars5, mean, bayesian, refreshed_at)
SELECT f.product_id, count(*), count(*) FILTER (WHERE f.stars = 1), count(*) FILTER (WHERE f.stars = 2),
       count(*) FILTER (WHERE f.stars = 3), count(*) FILTER (WHERE f.stars = 4), count(*) FILTER (WHERE f.stars = 5),
       avg(f.stars), (sum(f.stars) + coalesce(max(m.stars), %(usual)s) * %(weight)s) / (count(*) + %(weight)s), %(at)s
FROM reputation_feedback f JOIN catalog_product p ON p.id = f.product_id
LEFT JOIN reputation_categorymean m ON m.category_id = p.category_id
WHERE f.created_at < %(at)s AND (%(products)s::uuid[] IS NULL OR f.product_id = ANY(%(products)s::uuid[]))
GROUP BY f.product_id
ON CONFLICT (product_id) DO UPDATE SET ratings = excluded.ratings, stars1 = excluded.stars1, stars2 = excluded.stars2,
    stars3 = excluded.stars3, stars4 = excluded.stars4, stars5 = excluded.stars5, mean = excluded.mean,
    bayesian = excluded.bayesian, refreshed_at = excluded.refreshed_at
"""

# A look at an earlier day leaves nothing of a later one standing.
FORGET = (
    """DELETE FROM reputation_categorymean m WHERE NOT EXISTS (
         SELECT FROM reputation_feedback f JOIN catalog_product p ON p.id = f.product_id WHERE p.category_id = m.category_id
           AND f.scored AND f.created_at < %(at)s AND f.created_at >= %(since)s)""",
    """DELETE FROM reputation_productrating r WHERE NOT EXISTS (
         SELECT FROM reputation_feedback f WHERE f.product_id = r.product_id AND f.created_at < %(at)s)""",
    """DELETE FROM reputation_storecredit s WHERE NOT EXISTS (
         SELECT FROM reputation_feedback f WHERE f.store_id = s.store_id AND f.created_at < %(at)s)""",
)

MAIN_CATEGORIES = """
SELECT DISTINCT ON (p.store_id) p.store_id, p.category_id, m.stars, m.described, m.communication, m.shipping
FROM catalog_product p LEFT JOIN reputation_categorymean m ON m.category_id = p.category_id
WHERE p.status = 'active' AND (%(stores)s::uuid[] IS NULL OR p.store_id = ANY(%(stores)s::uuid[]))
GROUP BY p.store_id, p.category_id, m.stars, m.described, m.communication, m.shipping
ORDER BY p.store_id, count(*) DESC, p.category_id
"""


# Two-key advisory locks: one space for "all standing", one for each store's. The number is ours and means nothing.
_SPACE = 0x5EB

_RATED = ("store_id", "buyer_id", "created_at", "stars", "scored", "described", "communication", "shipping")


def refresh_store(*, store_id: UUID, product_ids: Iterable[UUID], at: datetime) -> None:
    """Recompute one store's credit and the ratings of some of its products as of `at`."""
    products = list(product_ids)
    with transaction.atomic():
        _lock("pg_advisory_xact_lock_shared", "all")
        _lock("pg_advisory_xact_lock", store_id.hex)
        _write_ratings(at, products)
        _write_credits(at, [store_id])
        record(StandingChanged(at=at, store_id=store_id, product_ids=tuple(products)))


def refresh_all(*, at: datetime) -> None:
    """Recompute every category mean, product rating and store credit as of `at`. Copies elsewhere are rebuilt by their owners."""
    times = {"at": at, "since": at - DEFAULTS.rate_window}
    with transaction.atomic():
        _lock("pg_advisory_xact_lock", "all")
        with connection.cursor() as cursor:
            for forget in FORGET:
                cursor.execute(forget, times)
            cursor.execute(MEANS, times)
        _write_ratings(at, None)
        _write_credits(at, None)


def _lock(function: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({_SPACE}, hashtext(%s))", [name])


def _write_ratings(at: datetime, products: list[UUID] | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RATINGS, {"at": at, "usual": USUAL_STARS, "weight": DEFAULTS.prior_weight, "products": products})


def _write_credits(at: datetime, stores: list[UUID] | None) -> None:
    main = _main_categories(stores)
    credits = []
    for store_id, rows in groupby(_rated(stores, at), key=itemgetter(0)):
        category_id, usual = main.get(store_id, (None, CategoryMeans()))
        credits.append(_row(store_id, category_id, store_credit(map(_rating, rows), at=at, usual=usual), at))
    fields = [f.name for f in StoreCreditModel._meta.fields if not f.primary_key]
    StoreCreditModel.objects.bulk_create(
        credits, update_conflicts=True, unique_fields=["store"], update_fields=fields, batch_size=1000
    )


def _main_categories(stores: list[UUID] | None) -> dict[UUID, tuple[UUID, CategoryMeans]]:
    with connection.cursor() as cursor:
        cursor.execute(MAIN_CATEGORIES, {"stores": stores})
        return {r[0]: (r[1], CategoryMeans(*r[2:])) for r in cursor.fetchall()}


def _rated(stores: list[UUID] | None, at: datetime) -> Iterator[tuple[Any, ...]]:
    """Feedback given before `at`, store by store, a few thousand rows in memory at a time."""
    given = Feedback.objects.filter(created_at__lt=at)
    of_stores = given if stores is None else given.filter(store_id__in=stores)
    return of_stores.order_by("store_id").values_list(*_RATED).iterator(chunk_size=5000)


def _rating(row: tuple[Any, ...]) -> Rating:
    _, buyer_id, created_at, stars, scored, described, communication, shipping = row
    return Rating(buyer_id, created_at, stars, scored, described, communication, shipping)


def _row(store_id: UUID, category_id: UUID | None, credit: StoreCredit, at: datetime) -> StoreCreditModel:
    return StoreCreditModel(
        store_id=store_id,
        points=credit.points,
        positive=credit.positive,
        neutral=credit.neutral,
        negative=credit.negative,
        positive_rate=credit.positive_rate,
        positive_rate_low=credit.positive_rate_low,
        described=credit.described.mean,
        communication=credit.communication.mean,
        shipping=credit.shipping.mean,
        detailed_ratings=credit.described.count,
        main_category_id=category_id,
        refreshed_at=at,
    )
