"""What people search for, for the suggestions under the search field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection

DAYS = 30
# Fewer people than this and a search might be about one of them.
LEAST_VISITORS = 3
MOST = 5_000

_POPULAR = """
SELECT language, words, visitors FROM (
    SELECT language, lower(btrim(query)) AS words, count(DISTINCT visitor_id) AS visitors,
           row_number() OVER (PARTITION BY language ORDER BY count(DISTINCT visitor_id) DESC, lower(btrim(query))) AS place
    FROM signals_signal
    WHERE kind = 'search' AND at > %s AND results > 0 AND btrim(query) <> ''
    GROUP BY 1, 2 HAVING count(DISTINCT visitor_id) >= %s
) ranked WHERE place <= %s
"""


def popular_searches(*, at: datetime) -> Mapping[str, Mapping[str, int]]:
    """By language, the words at least three people searched for and found something by in 30 days, and how many people."""
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_POPULAR, [at - timedelta(days=DAYS), LEAST_VISITORS, MOST])
        for language, words, visitors in cursor.fetchall():
            found.setdefault(language, {})[words] = visitors
    return found
