"""What an order's page says of its clocks and refunds, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from caravan.trade.queries.orders import OrderRow
from caravan.trade.queries.standing import Standing
from caravan.web.templating import moment


def clocks_for_buyer(order: OrderRow, standing: Standing) -> list[str]:
    """What comes next and by when; the most urgent first."""
    clocks = standing.clocks
    if order.facets.fulfilment == "part_shipped":
        shipment = _("The store ships the rest by %(when)s. What is not sent by then is paid back to you.")
    else:
        shipment = _("The store ships by %(when)s. If it does not, the order closes and you get everything back.")
    return _told(
        (clocks.ship_by, shipment),
        (clocks.cancel_answer_by, _("The store answers by %(when)s. No answer is a yes: then you get everything back.")),
        (clocks.confirm_by, _("If you say nothing, the order counts as received on %(when)s and the store is paid.")),
        (clocks.protected_until, _("Your money is protected until %(when)s.")),
        (clocks.dispute_until if not clocks.available_at else None, _("You can open a dispute until %(when)s.")),
    )


def clocks_for_store(order: OrderRow, standing: Standing) -> list[str]:
    clocks = standing.clocks
    disputed = order.facets.dispute == "open"
    if order.facets.fulfilment == "part_shipped":
        shipment = _("Ship the rest by %(when)s. What is not sent by then is paid back to the buyer.")
    else:
        shipment = _("Ship it by %(when)s. Otherwise the order closes and the buyer gets everything back.")
    return _told(
        (clocks.ship_by, shipment),
        (clocks.cancel_answer_by, _("Answer the buyer by %(when)s. No answer is a yes: then the buyer gets everything back.")),
        (clocks.confirm_by, _("If the buyer says nothing, the order counts as received on %(when)s and you earn it.")),
        (clocks.protected_until, _("The buyer is protected until %(when)s.")),
        (clocks.available_at, _("What you earned has been available for payout since %(when)s.")),
        (
            clocks.dispute_until if not clocks.available_at and not disputed else None,
            _("What you earned is available for payout from %(when)s: until then the buyer may open a dispute."),
        ),
    )


def refund_reasons() -> Mapping[str, str]:
    return {
        "cancel_granted": _("Cancelled at the buyer's wish"),
        "by_store": _("Refunded by the store"),
        "not_shipped": _("Not shipped in time"),
        "dispute": _("Dispute"),
        "late": _("Delivered late"),
    }


def refund_states() -> Mapping[str, tuple[str, str]]:
    """For each state: what it is called and the kind of its badge."""
    return {
        "requested": (_("On its way"), "info"),
        "sent": (_("With the bank"), "info"),
        "done": (_("Refunded"), "good"),
        "failed": (_("Held up: we are looking into it"), "warn"),
    }


def _told(*clocks: tuple[datetime | None, str]) -> list[str]:
    return [text % {"when": moment(at)} for at, text in clocks if at]
