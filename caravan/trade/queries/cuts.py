from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from caravan.kernel.money import Money
from caravan.trade.queries.orders import OrderRow

_CUTS = """
SELECT c.code, c.name, c.payer, sum(c.minor)::bigint FROM trade_ordercut c JOIN trade_orderline l ON l.id = c.line_id
WHERE l.order_id = %s AND NOT c.is_price GROUP BY c.promotion_id, c.code, c.name, c.payer ORDER BY min(c.id::text)
"""


@dataclass(frozen=True, slots=True)
class CutRow:
    """What a promotion took off an order: `code` is a stage of `promotions.rules.Stage`, `payer` who bore it."""

    code: str
    name: str
    payer: str
    amount: Money


def cuts_of_order(order: OrderRow) -> list[CutRow]:
    """What was taken off the goods at the prices on their cards; one statement where anything was."""
    if all(line.total == line.unit * line.quantity for line in order.lines):
        return []
    return cuts_of(order.id, order.total.currency)


def cuts_of(order_id: UUID, currency: str) -> list[CutRow]:
    """The same by the order's id."""
    with connection.cursor() as cursor:
        cursor.execute(_CUTS, [order_id])
        return [CutRow(code, name, payer, Money(minor, currency)) for code, name, payer, minor in cursor.fetchall()]
