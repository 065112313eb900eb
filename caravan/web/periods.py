"""The period a table shows, as two days of a form: the first and the last, both included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Period:
    """`first` and `last` may be None: from the beginning, until now. What was typed and is no day counts as nothing typed."""

    first: date | None
    last: date | None

    @classmethod
    def asked(cls, query: QueryDict) -> Period:
        return cls(_day(query.get("from", "")), _day(query.get("to", "")))

    def since(self, zone: str) -> datetime | None:
        """The first instant of it, days being those of `zone`."""
        return datetime.combine(self.first, time(), ZoneInfo(zone)) if self.first else None

    def until(self, zone: str) -> datetime | None:
        """The first instant after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZoneInfo(zone)) if self.last else None

    def query(self, **others: str) -> str:
        """As the query of an address, with `others` where they are not empty."""
        fields = {"from": self.first or "", "to": self.last or "", **others}
        return urlencode({name: str(value) for name, value in fields.items() if value})


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(2999, 1, 1) else None
