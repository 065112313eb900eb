"""Which bought lines may be rated, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.reputation.models import Feedback


@dataclass(frozen=True, slots=True)
class LineToRate:
    order_id: UUID
    store_id: UUID
    product_id: UUID
    version_id: UUID
    market: str
    language: str
    order_eur_minor: int
    received_at: datetime | None


LINE = """
SELECT o.id, o.store_id, l.product_id, l.version_id, o.market, o.language, o.total_eur_minor, o.received_at
FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id
WHERE l.id = %s AND o.buyer_id = %s
"""


def line_to_rate(*, buyer_id: UUID, line_id: UUID) -> LineToRate:
    """The line, if it is this buyer's. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(LINE, [line_id, buyer_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound("feedback.line", _("There is no such purchase of yours."))
    return LineToRate(*row)


def rated_lines(line_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Stars by line, for those of `line_ids` that have feedback."""
    return dict(Feedback.objects.filter(line_id__in=list(line_ids)).values_list("line_id", "stars"))
