"""Refunds on their way: the provider is asked after the commit, as often as it takes; its word ends it."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from caravan.kernel.errors import Conflict, Invalid, Problem
from caravan.kernel.money import Money
from caravan.outbox.actions import record
from caravan.trade.events import RefundPaid
from caravan.trade.models import Payment, Refund
from caravan.trade.payments import RefundResult, provider
from caravan.trade.rules.terms import TERMS

log = logging.getLogger(__name__)
TASK = "trade.send_refund"
BATCH = 200


def send_soon(refund_id: UUID) -> None:
    """Queue it in the caller's transaction: the worker sees it after the commit or never."""
    app.configure_task(TASK, queue="payments").defer(refund_id=str(refund_id))


def send_refund(*, refund_id: UUID, at: datetime) -> str:
    """Ask the provider to give a refund to the buyer, and note what it says; returns the refund's state.

    May be repeated at will: the provider knows the refund by its id. Raises `Unreachable` where it does not answer.
    """
    refund = Refund.objects.select_related("order").get(pk=refund_id)
    if refund.state in (Refund.State.DONE, Refund.State.FAILED):
        return refund.state
    payment = Payment.objects.get(purchase__orders=refund.order_id, state=Payment.State.PAID)
    amount = Money(refund.total_minor, refund.order.currency)
    result = provider(payment.provider).refund(payment_id=payment.pk, refund_id=refund.pk, amount=amount)
    return hear_refund(refund_id=refund.pk, news=result, at=at) or refund.state


def hear_refund(*, refund_id: UUID, news: RefundResult, at: datetime) -> str | None:
    """Note what the provider says of a refund; old news changes nothing. Returns its state, None for a refund not ours."""
    with transaction.atomic():
        refund = Refund.objects.select_for_update(no_key=True, of=("self",)).select_related("order").filter(pk=refund_id).first()
        if refund is None:
            return None
        # A bank may send back days later what was told done before: then it failed after all.
        if refund.state == Refund.State.FAILED or (refund.state == Refund.State.DONE and news.state != "failed"):
            return refund.state
        refund.state = {"pending": Refund.State.SENT, "done": Refund.State.DONE, "failed": Refund.State.FAILED}[news.state]
        refund.problem = news.reason[:200]
        refund.paid_at = at if refund.state == Refund.State.DONE else None
        refund.save(update_fields=["state", "problem", "paid_at"])
        if refund.state == Refund.State.DONE:
            record(_paid(refund, at))
        return refund.state


def paid_by_hand(*, refund_id: UUID, note: str, at: datetime) -> None:
    """The operator gave a refund that its provider refused to the buyer in another way, as `note` says. Once.

    Raises Conflict for one that did not fail, Invalid without a note.
    """
    note, missing = " ".join(note.split())[:200], _("Write how the money went back.")
    if not note:
        raise Invalid("refund.note", missing, note=missing)
    with transaction.atomic():
        refund = Refund.objects.select_for_update(no_key=True, of=("self",)).select_related("order").get(pk=refund_id)
        if refund.state != Refund.State.FAILED:
            raise Conflict("refund.not_failed", _("This refund did not fail."))
        refund.state, refund.problem, refund.paid_at = Refund.State.DONE, note, at
        refund.save(update_fields=["state", "problem", "paid_at"])
        record(_paid(refund, at))


def send_waiting(*, at: datetime) -> int:
    """Ask again about refunds whose job was lost or whose provider has not paid out yet. Returns how many were asked about."""
    due = Refund.objects.filter(
        state__in=[Refund.State.REQUESTED, Refund.State.SENT], created_at__lte=at - TERMS.provider_answers_within
    )
    waiting = list(due.order_by("created_at").values_list("id", flat=True)[:BATCH])
    for refund_id in waiting:
        try:
            send_refund(refund_id=refund_id, at=at)
        except (Problem, OSError):
            log.exception("refund %s: its provider does not answer", refund_id)
    return len(waiting)


def _paid(refund: Refund, at: datetime) -> RefundPaid:
    order = refund.order
    return RefundPaid(
        at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id, refund_id=refund.pk,
        minor=refund.total_minor, currency=order.currency,
    )  # fmt: skip
