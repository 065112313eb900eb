from __future__ import annotations

from django.db import connection


def analyze() -> None:
    """So many rows come at once that the planner would go on reading whole tables, for each foreign key too."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
