from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def update_rows(rows: Sequence[Model], *fields: str) -> None:
    """Write those fields of `rows` (all of one model) in a single statement, by primary key.

    Unlike `bulk_update`, whose CASE grows with rows times fields, the statement is the same whatever the number of rows.
    """
    if not rows:
        return
    meta = rows[0]._meta
    columns: list[Any] = [meta.pk, *(meta.get_field(name) for name in fields)]
    quote = connection.ops.quote_name
    names = [quote(f.column) for f in columns]
    arrays = ", ".join(f"%s::{f.db_type(connection)}[]" for f in columns)
    sets = ", ".join(f"{name} = new.{name}" for name in names[1:])
    values = [[f.get_db_prep_save(getattr(row, f.attname), connection) for row in rows] for f in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(meta.db_table)} AS old SET {sets} FROM unnest({arrays}) AS new ({', '.join(names)}) "  # noqa: S608
            f"WHERE old.{names[0]} = new.{names[0]}",
            values,
        )
