from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from caravan.kernel.money import Money
from caravan.trade.queries.orders import OrderRow

_CUTS = """
SELECT l.order_id, c.code, c.name, c.payer, sum(c.minor)::bigint FROM trade_ordercut c JOIN trade_orderline l ON l.id = c.line_id
WHERE l.order_id = ANY(%s) AND NOT c.is_price
GROUP BY l.order_id, c.promotion_id, c.code, c.name, c.payer ORDER BY min(c.id::text)
"""


@dataclass(frozen=True, slots=True)
class CutRow:
    """What a promotion took off an order: `code` is a stage of `promotions.rules.Stage`, `payer` who bore it."""

    code: str
    name: str
    payer: str
    amount: Money


def cuts_of_orders(orders: Iterable[OrderRow]) -> dict[UUID, list[CutRow]]:
    """What was taken off the goods at the prices on their cards, by order; one statement where anything was."""
    cut = {order.id: order.total.currency for order in orders if any(x.total != x.unit * x.quantity for x in order.lines)}
    found: dict[UUID, list[CutRow]] = {}
    if cut:
        with connection.cursor() as cursor:
            cursor.execute(_CUTS, [list(cut)])
            for id, code, name, payer, minor in cursor.fetchall():
                found.setdefault(id, []).append(CutRow(code, name, payer, Money(minor, cut[id])))
    return found


def cuts_of_order(order: OrderRow) -> list[CutRow]:
    """The same of one."""
    return cuts_of_orders([order]).get(order.id, [])
