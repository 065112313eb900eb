from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from caravan.tax.models import TableVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as the operator's list shows it."""

    id: UUID
    table: str
    effective_from: date
    row_count: int
    filename: str
    loaded_by: str
    loaded_at: datetime


def versions(*, most: int = 50) -> list[VersionRow]:
    """What was loaded, the newest first."""
    rows = TableVersion.objects.order_by("-loaded_at", "-id")[:most]
    return [VersionRow(v.pk, v.table, v.effective_from, v.row_count, v.filename, v.loaded_by, v.loaded_at) for v in rows]
