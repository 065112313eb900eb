from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.trade.models import OrderNote


@dataclass(frozen=True, slots=True)
class NoteRow:
    """`author` is a name or an address; empty where the account is gone."""

    id: UUID
    author: str
    text: str
    created_at: datetime


def notes_of_order(order_id: UUID) -> list[NoteRow]:
    """What the store's staff wrote about an order, oldest first. For the store only."""
    rows = OrderNote.objects.filter(order_id=order_id).order_by("created_at", "id")
    columns = ("id", "author__name", "author__email", "text", "created_at")
    return [NoteRow(id, name or email or "", text, at) for id, name, email, text, at in rows.values_list(*columns)]
