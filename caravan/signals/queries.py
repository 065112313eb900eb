from __future__ import annotations

from django.db import connection

from caravan.signals.rules import Sighting


def is_stored(sighting: Sighting) -> bool:
    """Whether that very signal stands in the table. It reads the table: for loads that were cut short, not for pages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM signals_signal WHERE visitor_id = %s AND at = %s AND kind = %s)",
            [sighting.visitor_id, sighting.at, sighting.kind],
        )
        found: bool = cursor.fetchone()[0]
    return found
