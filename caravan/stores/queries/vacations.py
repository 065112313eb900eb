from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from caravan.stores.models import Vacation as VacationModel
from caravan.stores.rules.vacation import Vacation

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
