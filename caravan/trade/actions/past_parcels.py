"""The parcels of past orders: each shipped one went as one parcel. Two statements for all; repeating them changes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction

# It keeps the order's id as its own. The postman came a little before the buyer said so.
_PARCELS = """
INSERT INTO trade_parcel (id, order_id, number, carrier, tracking_code, shipped_at, delivered_at)
SELECT o.id, o.id, 1, coalesce(c.name, %s), 'CV' || replace(o.number, '-', ''), o.shipped_at,
    o.shipped_at + (o.received_at - o.shipped_at) * 0.85
FROM trade_order o JOIN stores_store s ON s.id = o.store_id
LEFT JOIN unnest(%s::text[], %s::text[]) AS c(country, name) ON c.country = s.country
WHERE o.source = %s AND o.shipped_at IS NOT NULL
ON CONFLICT DO NOTHING
"""
_PIECES = """
INSERT INTO trade_parcelline (parcel_id, line_id, quantity)
SELECT p.id, l.id, l.quantity FROM trade_order o JOIN trade_parcel p ON p.id = o.id JOIN trade_orderline l ON l.order_id = o.id
WHERE o.source = %s AND l.shipped_quantity = l.quantity
ON CONFLICT DO NOTHING
"""


def record_parcels(*, source: str, carriers: Mapping[str, str], otherwise: str) -> int:
    """Parcels of the shipped orders of `source`, by the carrier of the store's country, else `otherwise`. Returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PARCELS, [otherwise, list(carriers), list(carriers.values()), source])
        made = int(cursor.rowcount)
        cursor.execute(_PIECES, [source])
    return made
