"""The terms every order is under. One object, so that each figure is said once, and the instants its clocks strike at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class TradeTerms:
    """Shares are in basis points (hundredths of a percent)."""

    payment_window: timedelta = timedelta(hours=24)
    limited_payment_window: timedelta = timedelta(minutes=15)  # of what deals have only so many pieces of
    largest_quantity: int = 999  # pieces of one variant in a cart
    most_lines: int = 100  # different variants in a cart
    provider_answers_within: timedelta = timedelta(minutes=1)  # afterwards we ask the provider ourselves
    provider_forgets: timedelta = timedelta(minutes=10)  # what it has not heard of by then never reached it
    cancel_answer: timedelta = timedelta(hours=48)  # a request to cancel unanswered so long is granted
    protection: timedelta = timedelta(days=60)  # from shipment
    longest_extension: timedelta = timedelta(days=30)  # the store may extend the protection by so much, once
    confirm_after_estimate: timedelta = timedelta(days=10)  # beyond the latest day of the delivery estimate
    confirm_after_delivery: timedelta = timedelta(days=7)  # where tracking says it was delivered
    late_grace: timedelta = timedelta(days=3)  # not delivered so long after its last day, it counts as late without any word
    dispute_from: timedelta = timedelta(days=10)  # from shipment; at once when marked delivered
    dispute_window: timedelta = timedelta(days=15)  # from completion
    dispute_answer: timedelta = timedelta(days=5)  # the store answers, or the buyer's request stands
    dispute_decision: timedelta = timedelta(days=7)  # the platform decides
    dispute_second_decision: timedelta = timedelta(days=2)  # on a parcel contested
    return_address: timedelta = timedelta(days=3)  # the store says where to, or the buyer keeps the goods and is refunded
    return_shipment: timedelta = timedelta(days=10)  # the buyer hands them to a carrier
    return_receipt: timedelta = timedelta(days=30)  # from then on: the store says it has them, or contests
    resend_shipment: timedelta = timedelta(days=5)  # the store sends again, or refunds
    resend_receipt: timedelta = timedelta(days=30)  # from then on: the buyer says it came, or contests
    commission_bps: int = 800  # of what a store is paid, frozen at the order


TERMS = TradeTerms()


def payment_window(*, limited: bool) -> timedelta:
    """How long a purchase waits for its money. `limited`: it has pieces that others want, of a deal."""
    return TERMS.limited_payment_window if limited else TERMS.payment_window


def ship_by(paid_at: datetime, handling_days: int) -> date:
    """The day a paid order has to leave the store: `handling_days` working days (Monday to Friday) later."""
    day, left = paid_at.date(), handling_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def ship_by_at(paid_at: datetime, handling_days: int) -> datetime:
    """The instant an order not shipped closes: the end (UTC) of its `ship_by` day."""
    return end_of(ship_by(paid_at, handling_days))


def protected_until(shipped_at: datetime) -> datetime:
    """Until when the buyer's money is protected, unless the store extends it."""
    return shipped_at + TERMS.protection


def confirm_by(deliver_until: date | None, protected: datetime, delivered_at: datetime | None = None) -> datetime:
    """When an order nobody confirmed counts as received: some days after it was delivered, or after the estimate's last day
    (`deliver_until`; none: as long as it is protected). Never later than the protection ends."""
    if delivered_at is not None:
        due = delivered_at + TERMS.confirm_after_delivery
    elif deliver_until is not None:
        due = end_of(deliver_until) + TERMS.confirm_after_estimate
    else:
        due = protected
    return min(due, protected)


def dispute_until(completed_at: datetime) -> datetime:
    """Until when a completed order may be disputed. Afterwards the store may have its money paid out."""
    return completed_at + TERMS.dispute_window


def may_dispute(*, shipped_at: datetime | None, delivered_at: datetime | None, until: datetime | None, at: datetime) -> bool:
    """Whether the clocks let a dispute begin: from delivery or some days after shipment, until `until`."""
    if shipped_at is None:
        return False
    begins = min(delivered_at or datetime.max.replace(tzinfo=UTC), shipped_at + TERMS.dispute_from)
    return begins <= at and (until is None or at < until)


def end_of(day: date) -> datetime:
    """The first instant (UTC) after `day`."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)
