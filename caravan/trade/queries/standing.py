"""Where an order stands with its money and its clocks, for whoever was let see it (`queries.orders`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.kernel.money import Money
from caravan.trade.models import Order, Refund
from caravan.trade.queries.funds import left_of, terms_of
from caravan.trade.rules import funds
from caravan.trade.rules.funds import Earning, SubsidisedLine
from caravan.trade.rules.terms import TERMS


@dataclass(frozen=True, slots=True)
class RefundPartRow:
    line_id: UUID
    title: str
    quantity: int
    amount: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class RefundRow:
    """`reason` and `state` are codes; `parts` what each line gave back of it, its tax apart."""

    id: UUID
    reason: str
    state: str
    items: Money
    shipping: Money
    tax: Money
    total: Money
    decided_at: datetime
    paid_at: datetime | None
    parts: tuple[RefundPartRow, ...]


@dataclass(frozen=True, slots=True)
class Clocks:
    """When each wait ends; None where that clock does not run for this order now."""

    ship_by: datetime | None
    cancel_answer_by: datetime | None
    protected_until: datetime | None
    confirm_by: datetime | None
    dispute_until: datetime | None
    available_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """`earning` is what becomes of the money left once the order completes, in the store's currency; None without escrow.

    `shipping_left` and each line's of `lines_left` are what may still be given back of them, tax apart.
    """

    tax: Money
    refunded: Money
    shipping_left: Money
    lines_left: dict[UUID, Money]
    clocks: Clocks
    cancel_reason: str
    extended_days: int
    commission_bps: int
    earning: Earning | None
    refunds: tuple[RefundRow, ...]


def standing_of(order_id: UUID) -> Standing:
    """Four statements, however many refunds there were."""
    order = Order.objects.get(pk=order_id)
    rows = list(order.lines.values_list("id", "title", *SubsidisedLine._fields))
    lines = {id: SubsidisedLine(*rest) for id, _title, *rest in rows}
    return Standing(
        tax=_money(order, order.tax_minor),
        refunded=_money(order, order.refunded_minor),
        shipping_left=_money(order, order.shipping_minor - order.refunded_shipping_minor),
        lines_left={id: _money(order, line.total_minor - line.refunded_minor) for id, line in lines.items()},
        clocks=_clocks(order),
        cancel_reason=order.cancel_reason,
        extended_days=order.extended_days,
        commission_bps=order.commission_bps,
        earning=_earning(order, lines.values()) if order.fund_state in (Order.Fund.HELD, Order.Fund.RELEASED) else None,
        refunds=_refunds(order, {id: title for id, title, *_ in rows}),
    )


def _clocks(order: Order) -> Clocks:
    held = order.fund_state == Order.Fund.HELD
    asked = order.cancel_asked_at if held and order.cancel_state == Order.Cancel.ASKED else None
    unsent = order.fulfilment_state in (Order.Fulfilment.NONE, Order.Fulfilment.PART_SHIPPED)
    confirms = held and not unsent and order.dispute_state != Order.Dispute.OPEN
    return Clocks(
        ship_by=order.ship_by_at if held and unsent and asked is None else None,
        cancel_answer_by=asked + TERMS.cancel_answer if asked else None,
        protected_until=order.protected_until if held else None,
        confirm_by=order.confirm_by if confirms else None,
        dispute_until=order.dispute_until if order.fund_state == Order.Fund.RELEASED else None,
        available_at=order.available_at,
    )


def _earning(order: Order, lines: Iterable[SubsidisedLine]) -> Earning:
    terms = terms_of(order)
    cuts = funds.subsidy_left(terms, lines).minor
    return funds.earning(terms, left_of(order), cuts=cuts, shipping=order.shipping_subsidy_minor)


def _refunds(order: Order, titles: Mapping[UUID, str]) -> tuple[RefundRow, ...]:
    refunds = Refund.objects.filter(order=order).order_by("created_at", "id").prefetch_related("parts")
    return tuple(
        RefundRow(
            id=refund.pk,
            reason=refund.reason,
            state=refund.state,
            items=_money(order, refund.items_minor),
            shipping=_money(order, refund.shipping_minor),
            tax=_money(order, refund.tax_minor),
            total=_money(order, refund.total_minor),
            decided_at=refund.created_at,
            paid_at=refund.paid_at,
            parts=tuple(
                RefundPartRow(p.line_id, titles[p.line_id], p.quantity, _money(order, p.minor), _money(order, p.tax_minor))
                for p in refund.parts.all()
            ),
        )
        for refund in refunds
    )


def _money(order: Order, minor: int) -> Money:
    return Money(minor, order.currency)
