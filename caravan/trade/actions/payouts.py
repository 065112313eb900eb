"""Paying stores out. A payout is on record, and its money out of the balance, before its provider hears of it; the provider
knows it by its id, so asking again is asking how it stands."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from caravan.kernel.errors import NotFound, Problem
from caravan.kernel.money import Money
from caravan.ledger.actions import post
from caravan.ledger.queries import balances
from caravan.ledger.rules import AccountKind, Leg
from caravan.outbox.actions import each_apart, record
from caravan.stores.queries import StoreRow, stores_by_ids
from caravan.trade.events import PayoutFailed, PayoutSent
from caravan.trade.models import Payout, PayoutAccount
from caravan.trade.payments import PayoutResult, chosen_provider, provider
from caravan.trade.queries.rates import current_rates
from caravan.trade.rules.payouts import MINIMUM, Schedule, Standing, held, payout_after, payout_day

log = logging.getLogger(__name__)
ASK_AGAIN = timedelta(minutes=10)


def pay_stores(*, at: datetime) -> int:
    """Make the payouts of every store whose day has come, then send those not sent. Returns how many were made.

    A day that was missed is made up for, once. A store that is held, or has too little, waits for its next day.
    """
    made: list[UUID] = []

    def make(store_id: UUID) -> bool:
        made.extend(_make(store_id, at))
        return True

    each_apart(ids=_due(at.date()), move=make, what="payout of store")  # whose currency may be without a rate
    for payout_id in made:
        send_payout(payout_id=payout_id, at=at)
    return len(made)


def send_payout(*, payout_id: UUID, at: datetime) -> None:
    """Ask the provider to send it, or how it stands where it was asked before. Nothing changes where it does not answer."""
    Payout.objects.filter(pk=payout_id).update(asked_at=at)
    payout = Payout.objects.get(pk=payout_id)
    try:
        news = provider(payout.provider).payout(
            payout_id=payout.pk, destination=payout.destination, amount=Money(payout.minor, payout.currency)
        )
    except (Problem, OSError):
        log.exception("payout %s: %s does not answer", payout.pk, payout.provider)
        return
    hear_payout(payout_id=payout.pk, news=news, at=at)


def reconcile_payouts(*, at: datetime) -> int:
    """Ask again about payouts no provider has confirmed: killed midway, or a webhook lost. Returns how many were asked about."""
    open_ones = Payout.objects.filter(Q(asked_at=None) | Q(asked_at__lte=at - ASK_AGAIN), state__in=["waiting", "sent"])
    asked = list(open_ones.order_by("created_at").values_list("id", flat=True)[:500])
    for payout_id in asked:
        send_payout(payout_id=payout_id, at=at)
    return len(asked)


def hear_payout(*, payout_id: UUID, news: PayoutResult, at: datetime) -> None:
    """What the provider says of a payout; old news changes nothing. Raises NotFound for one we never made."""
    with transaction.atomic():
        payout = Payout.objects.select_for_update(no_key=True).filter(pk=payout_id).first()
        if payout is None:
            raise NotFound("payout.unknown", "There is no such payout.")
        before, after = payout.state, payout_after(payout.state, news.state)
        if after is None:
            return
        payout.state, payout.reason = after, news.reason[:200]
        payout.provider_ref = news.ref[:80] or payout.provider_ref
        payout.settled_at = None if after == Payout.State.SENT else at
        payout.save(update_fields=["state", "reason", "provider_ref", "settled_at"])
        _book(payout, before, at)
        _tell(payout, before, at)


def _due(today: date) -> list[UUID]:
    """Stores with an account whose newest day of payouts was not looked at yet."""
    unseen = Q()
    for schedule in Schedule:
        before = Q(paid_through=None) | Q(paid_through__lt=payout_day(schedule, today))
        unseen |= Q(schedule=schedule.value) & before
    return list(PayoutAccount.objects.filter(unseen).order_by("store_id").values_list("store_id", flat=True))


def _make(store_id: UUID, at: datetime) -> Iterable[UUID]:
    with transaction.atomic():
        account = PayoutAccount.objects.select_for_update(no_key=True).get(pk=store_id)
        day = payout_day(Schedule(account.schedule), at.date())
        if account.paid_through and account.paid_through >= day:
            return ()
        store = stores_by_ids([store_id])[store_id]
        made = [_take(account, day, amount, at) for amount in _payable(account, store, at)]
        account.paid_through = day
        account.save(update_fields=["paid_through"])
    return [payout.pk for payout in made]


def _payable(account: PayoutAccount, store: StoreRow, at: datetime) -> list[Money]:
    available = [-a.balance for a in balances(store.id) if a.kind == AccountKind.STORE_AVAILABLE]
    rates = current_rates(at)
    return [
        money
        for money in available
        if not held(
            Standing(account.destination, account.hold_reason, store.status, money, rates.convert(MINIMUM, money.currency))
        )
    ]


def _take(account: PayoutAccount, day: date, amount: Money, at: datetime) -> Payout:
    payout = Payout.objects.create(
        store_id=account.store_id,
        day=day,
        minor=amount.minor,
        currency=amount.currency,
        provider=chosen_provider().name,
        destination=account.destination,
        created_at=at,
    )
    _move(payout, "payout", AccountKind.STORE_AVAILABLE, AccountKind.PAYOUT_TRANSIT, at)
    return payout


def _book(payout: Payout, before: str, at: datetime) -> None:
    if payout.state == Payout.State.PAID:
        _move(payout, "payout_paid", AccountKind.PAYOUT_TRANSIT, AccountKind.STORE_PAID_OUT, at)
    elif payout.state == Payout.State.FAILED and before == Payout.State.PAID:
        _move(payout, "payout_returned", AccountKind.STORE_PAID_OUT, AccountKind.STORE_AVAILABLE, at)
    elif payout.state == Payout.State.FAILED:
        _move(payout, "payout_failed", AccountKind.PAYOUT_TRANSIT, AccountKind.STORE_AVAILABLE, at)


def _move(payout: Payout, kind: str, source: AccountKind, target: AccountKind, at: datetime) -> None:
    amount = Money(payout.minor, payout.currency)
    legs = [Leg(source, payout.store_id, amount), Leg(target, payout.store_id, -amount)]
    post(cause=payout.pk, kind=kind, legs=legs, at=at, memo=payout.reason)


def _tell(payout: Payout, before: str, at: datetime) -> None:
    if before == Payout.State.WAITING and payout.state in (Payout.State.SENT, Payout.State.PAID):
        record(PayoutSent(at=at, payout_id=payout.pk, store_id=payout.store_id, minor=payout.minor, currency=payout.currency))
    elif payout.state == Payout.State.FAILED:
        record(
            PayoutFailed(
                at=at,
                payout_id=payout.pk,
                store_id=payout.store_id,
                minor=payout.minor,
                currency=payout.currency,
                reason=payout.reason,
            )
        )
