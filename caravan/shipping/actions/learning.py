from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from caravan.shipping.models import LearnedRoute
from caravan.shipping.queries.books import forget_books
from caravan.shipping.rules.learned import Learned


def publish_routes(*, routes: Sequence[Learned], at: datetime) -> int:
    """Replace all that was learned by `routes`, in one transaction: readers see all of the old or all of the new."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Two of them at once would meet in the unique rows; the second waits here and replaces what the first wrote.
            cursor.execute("LOCK TABLE shipping_learnedroute IN SHARE ROW EXCLUSIVE MODE")
        LearnedRoute.objects.all().delete()
        LearnedRoute.objects.bulk_create(
            LearnedRoute(
                origin=r.origin, destination=r.destination, service=r.service, parcels=r.parcels,
                p10=r.p10, p50=r.p50, p90=r.p90, as_of=at,
            )
            for r in routes
        )  # fmt: skip
    forget_books()
    return len(routes)
