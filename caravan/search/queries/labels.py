from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection


def store_names(slugs: Iterable[str]) -> Mapping[str, str]:
    """What the open stores of those slugs are called."""
    wanted = list(slugs)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT slug, name FROM stores_store WHERE slug = ANY(%s) AND status = 'open'", [wanted])
        return dict(cursor.fetchall())
