"""What orders earned becomes the store's to be paid out: when the time for disputes is over, and when a reserve ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.ledger.actions import post_many
from caravan.ledger.queries import AccountBalance, of_orders
from caravan.ledger.rules import AccountKind, Leg, Posting
from caravan.outbox.actions import record
from caravan.trade.events import FundsReleased
from caravan.trade.models import Order, PayoutAccount, ReservePart
from caravan.trade.models.clocks import DISPUTE_UNTIL
from caravan.trade.rules.payouts import reserved

BATCH = 500


def release_earned(*, at: datetime) -> int:
    """Let what completed orders earned be available, once nobody can dispute them any more; returns how many orders.

    A batch is a transaction; orders somebody else holds are left for the next run. A dispute that is open keeps its order here.
    """
    released = 0
    while batch := _release_batch(at):
        released += batch
    return released


def release_reserves(*, at: datetime) -> int:
    """Let what was kept back long enough be available; returns how many parts."""
    released = 0
    while True:
        with transaction.atomic():
            due = ReservePart.objects.select_for_update(no_key=True, skip_locked=True).filter(released_at=None, until__lte=at)
            parts = list(due.order_by("until")[:BATCH])
            post_many(
                [
                    _moved(
                        "reserve_over", part.pk, part.order_id, at,
                        Leg(AccountKind.STORE_RESERVE, part.store_id, Money(part.minor, part.currency)),
                        Leg(AccountKind.STORE_AVAILABLE, part.store_id, Money(-part.minor, part.currency)),
                    )
                    for part in parts
                ]
            )  # fmt: skip
            ReservePart.objects.filter(pk__in=[part.pk for part in parts]).update(released_at=at)
        released += len(parts)
        if len(parts) < BATCH:
            return released


def _release_batch(at: datetime) -> int:
    with transaction.atomic():
        due = Order.objects.filter(DISPUTE_UNTIL, dispute_until__lte=at).exclude(dispute_state="open").order_by("dispute_until")
        orders = list(due.select_for_update(no_key=True, skip_locked=True)[:BATCH])
        if not orders:
            return 0
        accounts = {a.pk: a for a in PayoutAccount.objects.filter(store_id__in={order.store_id for order in orders})}
        standing = of_orders([order.pk for order in orders])
        postings, parts, told = [], [], []
        for order in orders:
            earned = _earned(standing[order.pk], order.store_currency)
            account = accounts.get(order.store_id)
            kept = reserved(earned, account.reserve_percent if account else 0)
            postings.append(
                _moved(
                    "available", order.pk, order.pk, at,
                    Leg(AccountKind.STORE_EARNED, order.store_id, earned),
                    Leg(AccountKind.STORE_RESERVE, order.store_id, -kept),
                    Leg(AccountKind.STORE_AVAILABLE, order.store_id, kept - earned),
                )
            )  # fmt: skip
            if kept and account:
                parts.append(_part(order, kept, at + timedelta(days=account.reserve_days)))
            told.append(
                FundsReleased(
                    at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id,
                    minor=earned.minor, currency=earned.currency,
                )
            )  # fmt: skip
        post_many(postings)
        ReservePart.objects.bulk_create(parts)
        Order.objects.filter(pk__in=[order.pk for order in orders]).update(available_at=at)
        record(*told)
    return len(orders)


def _earned(standing: tuple[AccountBalance, ...], currency: str) -> Money:
    """What the order has in the store's earned account, as a positive amount."""
    return -sum(
        (a.balance for a in standing if a.kind == AccountKind.STORE_EARNED and a.balance.currency == currency),
        start=Money.zero(currency),
    )


def _moved(kind: str, cause: UUID, order_id: UUID, at: datetime, *legs: Leg) -> Posting:
    return Posting(cause=cause, kind=kind, legs=legs, at=at, order_id=order_id)


def _part(order: Order, kept: Money, until: datetime) -> ReservePart:
    return ReservePart(
        id=uuid7(), order_id=order.pk, store_id=order.store_id, minor=kept.minor, currency=kept.currency, until=until
    )
