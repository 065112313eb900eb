"""How far an order is, as a line of steps: what happened when, what comes next and by when."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from caravan.trade.queries.orders import OrderRow
from caravan.web.templating import day, moment


class Step(NamedTuple):
    """`state` is done, now, next or failed; the texts are ready to show."""

    state: str
    title: str
    at_text: str
    text: str


def steps(order: OrderRow) -> list[Step]:
    placed = Step("done", _("Placed"), moment(order.placed_at), "")
    if order.status == "cancelled":
        return [placed, _ended(order)]
    if order.status == "refunded":
        return [placed, _payment(order), *([_shipment(order)] if order.shipped_at else []), *_refunded(order)]
    return [placed, _payment(order), _shipment(order), _receipt(order)]


def status_words() -> dict[str, tuple[str, str]]:
    """For each status: what it is called and the kind of its badge."""
    return {
        "to_pay": (_("Waiting for payment"), "warn"),
        "to_ship": (_("Being prepared"), "info"),
        "cancel_asked": (_("Cancellation asked for"), "warn"),
        "part_shipped": (_("Partly shipped"), "info"),
        "on_the_way": (_("On its way"), "info"),
        "delivered": (_("Delivered"), "good"),
        "disputed": (_("In dispute"), "warn"),
        "received": (_("Received"), "good"),
        "refunded": (_("Refunded"), ""),
        "cancelled": (_("Cancelled"), ""),
    }


def _ended(order: OrderRow) -> Step:
    at = moment(order.cancelled_at) if order.cancelled_at else ""
    if order.facets.payment == "lapsed":
        return Step("failed", _("Not paid in time"), at, _("Nothing was charged. The goods are on sale again."))
    return Step("failed", _("Cancelled"), at, _("Nothing was charged."))


def _refunded(order: OrderRow) -> list[Step]:
    """What was received before it was paid back stays on the line; nothing is awaited any more."""
    at = moment(order.refunded_at) if order.refunded_at else ""
    return [*([_receipt(order)] if order.received_at else []), Step("failed", _("Refunded"), at, "")]


def _payment(order: OrderRow) -> Step:
    if order.paid_at:
        return Step("done", _("Paid"), moment(order.paid_at), "")
    until = _("by %(when)s, then the order closes") % {"when": moment(order.pay_by)} if order.pay_by else ""
    return Step("now", _("Payment"), until, "")


def _shipment(order: OrderRow) -> Step:
    if order.facets.fulfilment == "part_shipped" and order.shipped_at:
        return Step("now", _("Partly shipped"), moment(order.shipped_at), _("The rest follows."))
    if order.shipped_at:
        return Step("done", _("Shipped"), moment(order.shipped_at), "")
    by = _("by %(day)s") % {"day": day(order.ship_by)} if order.ship_by else ""
    return Step("now" if order.paid_at else "next", _("Shipment"), by, "")


def _receipt(order: OrderRow) -> Step:
    if order.received_at:
        return Step("done", _("Received"), moment(order.received_at), "")
    expected = ""
    if order.deliver_from and order.deliver_until:
        expected = _("expected %(from)s to %(until)s") % {"from": day(order.deliver_from), "until": day(order.deliver_until)}
    return Step("now" if order.shipped_at else "next", _("Receipt"), expected, "")
