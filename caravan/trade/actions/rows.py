"""Rows of models as one JSON text, for statements that write many columns and rows at once by `json_populate_recordset`.

Objects are made by their models, so a column's default is said there and nowhere else; the statement is prepared once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import msgspec
from django.db.models import Model


def json_of(objects: Iterable[Model], *, columns: tuple[str, ...] = ()) -> str:
    """A JSON array of an object per row, with `columns`, or all of them."""
    rows = [{column: getattr(row, column) for column in columns or _columns(type(row))} for row in objects]
    return msgspec.json.encode(rows).decode()


@lru_cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)
