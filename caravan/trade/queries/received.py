"""What was received: the ground feedback stands on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from caravan.trade.models import OrderLine


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    line_id: UUID
    order_id: UUID
    order_number: str
    buyer_id: UUID
    store_id: UUID
    store_slug: str
    store_name: str
    product_id: UUID
    version_id: UUID
    variant_id: UUID
    slug: str
    title: str
    picture: str
    market: str
    language: str
    total_eur_minor: int
    received_at: datetime


_COLUMNS = (
    "id", "order_id", "order__number", "order__buyer_id", "order__store_id", "order__store__slug", "order__store__name",
    "product_id", "version_id", "variant_id", "product__slug", "title", "product__cover__digest", "order__market",
    "order__language", "order__total_eur_minor", "order__received_at",
)  # fmt: skip


def lines_awaiting_feedback(*, user_id: UUID, since: datetime, limit: int = 100) -> list[ReceivedLine]:
    """Lines of the account's orders received since `since`, newest first. Which of them have feedback, reputation knows."""
    lines = OrderLine.objects.filter(
        order__buyer__user_id=user_id, order__fulfilment_state="received", order__received_at__gte=since
    )
    return [_line(row) for row in lines.order_by("-order__received_at", "order_id", "number").values_list(*_COLUMNS)[:limit]]


def _line(row: tuple[Any, ...]) -> ReceivedLine:
    values = dict(zip((f.name for f in fields(ReceivedLine)), row, strict=True))
    return ReceivedLine(**{**values, "picture": values["picture"] or ""})
