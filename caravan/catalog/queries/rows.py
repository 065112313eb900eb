from __future__ import annotations

from typing import Any

from django.db import connection
from msgspec import json

from caravan.catalog.rules import Pairs


def select(query: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return list(cursor.fetchall())


def pairs(text: str) -> Pairs:
    """[code, value] pairs as the database gives a JSON column: text."""
    return json.decode(text, type=tuple[tuple[str, str], ...])
