from __future__ import annotations

from django.utils.translation import gettext as _


def topics() -> list[tuple[str, str]]:
    """What a store can be told of: the name in the request, and what it means."""
    return [
        ("order_paid", _("An order is paid")),
        ("order_shipped", _("An order is shipped whole")),
        ("order_received", _("The buyer says that it came")),
        ("order_completed", _("An order is completed")),
        ("order_closed", _("An order is closed and refunded")),
        ("cancel_asked", _("A buyer asks to cancel")),
        ("cancel_answered", _("A wish to cancel is answered")),
        ("address_changed", _("A buyer changes the address")),
        ("parcel_shipped", _("A parcel leaves")),
        ("parcel_delivered", _("A parcel is delivered")),
        ("refund_decided", _("A refund is decided")),
        ("refund_paid", _("A refund is paid")),
        ("funds_released", _("Money can be paid out")),
        ("dispute_opened", _("A dispute is opened")),
        ("dispute_answered", _("A dispute is answered")),
        ("dispute_settled", _("A dispute is settled")),
        ("payout_sent", _("A payout is sent")),
        ("payout_failed", _("A payout fails")),
    ]


def states() -> dict[str, tuple[str, str]]:
    """For each state of a delivery: what it is called and the kind of its badge."""
    return {
        "waiting": (_("Waiting"), "warn"),
        "delivered": (_("Delivered"), "good"),
        "given_up": (_("Given up"), "bad"),
    }


def pauses() -> dict[str, str]:
    """Why an address is not told of anything at the moment."""
    return {
        "by_store": _("Paused by you."),
        "gone": _("Paused: it answered that it is gone (410)."),
        "failing": _("Paused: it accepted nothing for more than a day. Repair it, then switch it on again."),
    }
