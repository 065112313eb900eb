from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from caravan.stores.models import Vacation as VacationModel
from caravan.stores.rules.vacation import Vacation

_AWAY = """
SELECT v.store_id, v.since, v.until, v.mode, v.extra_days, v.message, s.zone
FROM stores_vacation v JOIN stores_store s ON s.id = v.store_id
WHERE v.store_id = ANY(%s) AND v.until >= %s::date - 1
"""


def vacations(store_ids: Iterable[UUID], at: datetime) -> Mapping[UUID, Vacation]:
    """Which of the stores are on vacation at `at`, by their own clocks."""
    with connection.cursor() as cursor:
        cursor.execute(_AWAY, [list(set(store_ids)), at.date()])
        rows = cursor.fetchall()
    found = {}
    for store_id, since, until, mode, extra, message, zone in rows:
        if since <= at.astimezone(ZoneInfo(zone)).date() <= until:
            found[store_id] = Vacation(since=since, until=until, mode=mode, extra_days=extra, message=message)
    return found


def planned_vacation(store_id: UUID) -> Vacation | None:
    """What the store set, whether it has begun or is over."""
    row = VacationModel.objects.filter(store_id=store_id).first()
    if row is None:
        return None
    return Vacation(since=row.since, until=row.until, mode=row.mode, extra_days=row.extra_days, message=row.message)
