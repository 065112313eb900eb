from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from caravan.promotions.queries.offers import PLATFORM

# Numbers come from a sequence: one that was rolled back is never given again, to another state of the offers.
_TOUCH = """
INSERT INTO promotions_stamp (store_id, number)
SELECT id, nextval('promotions_stamp_number') FROM unnest(%s::uuid[]) AS store (id) ORDER BY id
ON CONFLICT (store_id) DO UPDATE SET number = excluded.number
"""


def touch(*, store_ids: Iterable[UUID | None]) -> None:
    """Offers of these stores (None: the platform's) have changed: whoever keeps them reads them again. Inside the caller's
    transaction, as late in it as can be: until it commits, others who change the same store's offers wait."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, [sorted({id or PLATFORM for id in store_ids})])
