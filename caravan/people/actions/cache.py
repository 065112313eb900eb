"""A Django cache in one UNLOGGED table, for the attempt counters of the sign-in library: shared by all web processes,
one statement an operation. Django's own database cache takes five to write one key and counts the table each time
(measured in docs/adr/0007). Values are JSON, so nothing read back can run code.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from caravan.kernel.clock import now

_SET = """
INSERT INTO people_cacheentry AS held (key, value, expires_at) VALUES (%(key)s, %(value)s::jsonb, %(until)s::timestamptz)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
"""
_ADD = _SET + " WHERE held.expires_at <= %(at)s"


class TableCache(BaseCache):
    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value::text FROM people_cacheentry WHERE key = %s AND (expires_at IS NULL OR expires_at > %s)",
                [self.make_and_validate_key(key, version=version), now()],
            )
            found = cursor.fetchone()
        return json.loads(found[0]) if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._write(_SET, key, value, timeout, version)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._write(_ADD, key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        value = self.get(key, version=version)
        return value is not None and self._write(_SET, key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_cacheentry WHERE key = %s", [self.make_and_validate_key(key, version=version)])
            return bool(cursor.rowcount)

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE people_cacheentry")

    def _write(self, statement: str, key: str, value: Any, timeout: Any, version: int | None) -> bool:
        at = now()
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        until = None if seconds is None else at + timedelta(seconds=seconds)
        values = {"key": self.make_and_validate_key(key, version=version), "value": json.dumps(value), "until": until, "at": at}
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return bool(cursor.rowcount)


def forget(*, at: datetime) -> int:
    """Drop what has expired. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_cacheentry WHERE expires_at <= %s", [at])
        return int(cursor.rowcount)
