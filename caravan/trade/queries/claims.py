from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from caravan.trade.models import Order
from caravan.trade.rules.dispute_money import Claim, LineLeft


def claim_on(order: Order, pieces: Mapping[UUID, int]) -> Claim:
    """What `pieces` (line id to how many) of the order could still give back. Shipping comes back with all that was bought."""
    bought = list(order.lines.all())
    lines = tuple(
        LineLeft(
            line_id=line.pk,
            bought=line.quantity,
            disputed=pieces[line.pk],
            minor=line.total_minor,
            tax_minor=line.tax_minor,
            refunded_minor=line.refunded_minor,
            refunded_tax_minor=line.refunded_tax_minor,
            refunded=line.refunded_quantity,
        )
        for line in bought
        if line.pk in pieces
    )
    if any(pieces.get(line.pk) != line.quantity for line in bought):
        return Claim(lines)
    tax = order.tax_minor - sum(line.tax_minor for line in bought)
    given = order.refunded_tax_minor - sum(line.refunded_tax_minor for line in bought)
    return Claim(lines, order.shipping_minor - order.refunded_shipping_minor, tax - given)
