"""How long parcels took from door to door: what delivered orders teach the shipping room."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from caravan.shipping.rules import LEAST_PARCELS, WINDOW_DAYS, Learned

# Delivered as the carrier says, else received as the buyer does; what was confirmed by the clock alone says nothing of the way.
# Orders out of other records name no service: they went the usual way.
_ROUTES = """
SELECT origin, destination, service, count(*),
    percentile_cont(ARRAY[0.1, 0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM came - sent)::float / 86400)
FROM (
    SELECT s.country AS origin, o.market AS destination, coalesce(nullif(o.service, ''), 'standard') AS service,
        coalesce(p.shipped_at, o.shipped_at) AS sent, coalesce(p.delivered_at, o.delivered_at, o.received_at) AS came
    FROM trade_order o JOIN stores_store s ON s.id = o.store_id
    LEFT JOIN trade_parcel p ON p.order_id = o.id AND p.delivered_at IS NOT NULL
    WHERE p.delivered_at IS NOT NULL OR o.delivered_at IS NOT NULL OR o.confirm_by IS NULL OR o.received_at < o.confirm_by
) arrived
WHERE came > %(since)s AND came <= %(at)s AND sent <= came
GROUP BY 1, 2, 3 HAVING count(*) >= %(least)s
"""


def delivered_routes(at: datetime) -> list[Learned]:
    """Days on the way of each route and service with enough parcels delivered in the WINDOW_DAYS before `at`."""
    with connection.cursor() as cursor:
        cursor.execute(_ROUTES, {"since": at - timedelta(days=WINDOW_DAYS), "at": at, "least": LEAST_PARCELS})
        return [Learned(*row[:4], *row[4]) for row in cursor.fetchall()]
