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
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer


@dataclass(frozen=True, slots=True)
class LineToRate:
    """A bought line with what feedback on it stands on; `received_at` is None until the parcel came. `decided`: the platform
    decided a dispute about its order."""

    buyer_id: UUID
    order_id: UUID
    store_id: UUID
    product_id: UUID
    version_id: UUID
    market: str
    language: str
    order_eur_minor: int
    received_at: datetime | None
    decided: bool


LINE = """
SELECT o.buyer_id, o.id, o.store_id, l.product_id, l.version_id, o.market, o.language, o.total_eur_minor, o.received_at,
    EXISTS (SELECT FROM trade_dispute d WHERE d.order_id = o.id AND d.decided_at IS NOT NULL)
FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id
WHERE l.id = %s AND {owner} = %s
"""


def line_to_rate(*, buyer_id: UUID, line_id: UUID) -> LineToRate:
    """The line, if it is this buyer's. Raises NotFound."""
    return _line(LINE.format(owner="o.buyer_id"), line_id, buyer_id)


def line_of_order(*, viewer: Viewer, number: str, line_id: UUID) -> LineToRate:
    """The line, if it is of an order the viewer may see, by account or by key. Raises NotFound."""
    return _line(LINE.format(owner="o.id"), line_id, order_for_buyer(viewer=viewer, number=number).id)


def _line(sql: str, line_id: UUID, owner_id: UUID) -> LineToRate:
    with connection.cursor() as cursor:
        cursor.execute(sql, [line_id, owner_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound("feedback.line", _("There is no such purchase of yours."))
    return LineToRate(*row)


def rated_lines(line_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Stars by line, for those of `line_ids` that have feedback."""
    return dict(Feedback.objects.filter(line_id__in=list(line_ids)).values_list("line_id", "stars"))
