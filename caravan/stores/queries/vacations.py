from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
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
    found = {store_id: vacation_on(at, *columns) for store_id, *columns in rows}
    return {store_id: vacation for store_id, vacation in found.items() if vacation}


# For statements that join a store `s` and its `stores_vacation away`, in the order of the arguments below.
VACATION = "away.since, away.until, away.mode, away.extra_days, away.message, s.zone"


def vacation_on(
    at: datetime, since: date | None, until: date | None, mode: str, extra_days: int, message: str, zone: str
) -> Vacation | None:
    """The vacation of those columns (none: no row was joined), where the store is on it at `at`, by its own clock."""
    if since is None or until is None or not since <= at.astimezone(ZoneInfo(zone)).date() <= until:
        return None
    return Vacation(since=since, until=until, mode=mode, extra_days=extra_days, message=message)


def planned_vacation(store_id: UUID) -> Vacation | None:
    """What the store set, whether it has begun or is over."""
    row = VacationModel.objects.filter(store_id=store_id).first()
    if row is None:
        return None
    return Vacation(since=row.since, until=row.until, mode=row.mode, extra_days=row.extra_days, message=row.message)
