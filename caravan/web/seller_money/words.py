"""What the ledger says of a store, in its owner's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from caravan.kernel.money import Money
from caravan.ledger.queries import StatementRow
from caravan.ledger.rules import AccountKind
from caravan.stores.queries import StoreRow
from caravan.trade.queries.payouts import days_of_payouts, numbers_of, why_failed
from caravan.trade.rules.payouts import Held
from caravan.web.templating import day as day_text


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the statement: what it was, where to read more, and what was only moved from one account to another.

    `order` is the number of the order it belongs to, `day` that of the payout; empty and None where there is none.
    """

    row: StatementRow
    what: str
    url: str
    order: str
    day: date | None
    moved: Money | None


def account_words() -> dict[AccountKind, str]:
    return {
        AccountKind.STORE_EARNED: _("Earned"),
        AccountKind.STORE_AVAILABLE: _("Available"),
        AccountKind.STORE_RESERVE: _("Reserve"),
        AccountKind.PAYOUT_TRANSIT: _("On the way"),
        AccountKind.STORE_PAID_OUT: _("Paid out"),
    }


def held_words() -> dict[Held, str]:
    return {
        Held.OPERATOR: _("The market holds your payouts."),
        Held.SUSPENDED: _("Your store is suspended; its money waits."),
        Held.NO_ACCOUNT: _("Say where your money is to go: choose an account."),
        Held.MINIMUM: _("Less than the smallest payout is available; it goes out with what comes next."),
    }


def payout_words() -> dict[str, tuple[str, str]]:
    """State to its word and the kind of its badge."""
    return {
        "waiting": (_("Being sent"), "info"),
        "sent": (_("On the way"), "info"),
        "paid": (_("Arrived"), "good"),
        "failed": (_("Came back"), "bad"),
    }


def schedule_words() -> list[tuple[str, str]]:
    return [
        ("weekly", _("Every Monday")),
        ("biweekly", _("Every other Monday")),
        ("monthly", _("On the first of the month")),
    ]


def lines(store: StoreRow, rows: Sequence[StatementRow]) -> list[Line]:
    """The rows with the orders and payouts they are about: two statements however many rows."""
    numbers = numbers_of([row.order_id for row in rows if row.order_id])
    days = days_of_payouts([row.cause for row in rows if row.kind.startswith("payout")])
    return [_line(store, row, numbers.get(row.order_id) if row.order_id else None, days.get(row.cause)) for row in rows]


def what(row: StatementRow, number: str | None, day: date | None) -> str:
    named = {"number": number or "", "day": day_text(day) if day else "", "reason": why_failed(row.memo) if row.memo else ""}
    known = {
        "paid": _("Order %(number)s paid"),
        "completed": _("Order %(number)s completed"),
        "subsidy": _("Order %(number)s: shipping the market paid for"),
        "bonus": _("Order %(number)s: coupons and discounts of the market"),
        "refund": _("Refund on order %(number)s"),
        "available": _("Order %(number)s: available for payout"),
        "reserve_over": _("Order %(number)s: out of the reserve"),
        "payout": _("Payout of %(day)s"),
        "payout_paid": _("Payout of %(day)s arrived"),
        "payout_failed": _("Payout of %(day)s failed: %(reason)s"),
        "payout_returned": _("Payout of %(day)s came back: %(reason)s"),
    }
    return known.get(row.kind, _("Other movement")) % named


def _line(store: StoreRow, row: StatementRow, number: str | None, day: date | None) -> Line:
    url = reverse("seller-order", kwargs={"slug": store.slug, "number": number}) if number else ""
    if row.kind.startswith("payout"):
        url = reverse("seller-payouts", kwargs={"slug": store.slug})
    moved = None if row.amount else next((amount for _kind, amount in row.parts if amount.minor > 0), None)
    return Line(row, what(row, number, day), url, number or "", day, moved)
