"""Paying: attempts, what their provider says of them, and the orders that become paid by it.

A provider is never called inside a transaction: an attempt is on record first, the call may die, `reconcile` finds out later.
Locks: the purchase, then its payments and orders (docs/locking.md). Whoever holds the purchase decides; all others read.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid, NotFound, Problem
from caravan.kernel.money import Money
from caravan.outbox.actions import record
from caravan.promotions.actions.redeeming import confirm_redeemed
from caravan.trade.actions.funds import hold_funds
from caravan.trade.actions.moves import locked_orders, move_orders
from caravan.trade.events import OrderPaid
from caravan.trade.models import Payment, Purchase
from caravan.trade.payments import Card, Result, chosen_provider, provider
from caravan.trade.queries.access import Viewer, may_see
from caravan.trade.rules.payments import OPEN_PAYMENTS, payment_after
from caravan.trade.rules.states import Move
from caravan.trade.rules.terms import TERMS

log = logging.getLogger(__name__)
# Whoever decides about the purchase is waited for, and seen; an attempt that stands already is left alone.
_BEGIN = """
WITH purchase AS (
    SELECT p.id, p.state, p.pay_by, p.total_minor, p.currency FROM trade_purchase p JOIN people_buyer b ON b.id = p.buyer_id
    WHERE p.id = %(purchase_id)s AND (%(by_key)s OR b.user_id = %(user_id)s)
    FOR NO KEY UPDATE OF p
), begun AS (
    INSERT INTO trade_payment (id, purchase_id, provider, provider_ref, state, amount_minor, currency, reason, created_at)
    SELECT %(payment_id)s, id, %(provider)s, %(ref)s, 'started', total_minor, currency, '', %(at)s
    FROM purchase WHERE state = 'awaiting' AND pay_by > %(at)s
    ON CONFLICT (id) DO NOTHING
    RETURNING amount_minor, currency
)
SELECT begun.amount_minor, begun.currency FROM purchase LEFT JOIN begun ON true
"""
_PAYMENT = (
    "id", "purchase_id", "provider", "provider_ref", "state", "amount_minor", "currency", "reason", "created_at", "settled_at",
)  # fmt: skip
# Both rows are locked, the purchase first: what is read of either is what whoever was waited for has left.
_LOCK = f"""
SELECT {", ".join(f"y.{column}" for column in _PAYMENT)}, p.state, p.redeems
FROM trade_payment y JOIN trade_purchase p ON p.id = y.purchase_id WHERE y.id = %s FOR NO KEY UPDATE OF p, y
"""  # noqa: S608 - constants of this module
_NOTE = """
WITH purchase AS (UPDATE trade_purchase SET state = 'paid' WHERE id = %(purchase_id)s AND %(state)s = 'paid')
UPDATE trade_payment SET state = %(state)s, reason = %(reason)s, provider_ref = %(provider_ref)s, settled_at = %(settled_at)s
WHERE id = %(id)s
"""
INTERRUPTED = Result("declined", "", reason="interrupted")


@dataclass(frozen=True, slots=True)
class Attempt:
    """How an attempt to pay stands. `url`: where the buyer has to confirm; `reason`: the code of a decline."""

    payment_id: UUID
    purchase_id: UUID
    state: str
    url: str = ""
    reason: str = ""


def pay_purchase(*, viewer: Viewer, purchase_id: UUID, card: Card | None, attempt: str, return_url: str, at: datetime) -> Attempt:
    """Try to pay. `attempt` is new for each try (a form's hidden field): the same one twice is the same try. `card` is for a
    provider without a page of its own, and refused by all others, so that no number comes here without need.

    Raises NotFound for somebody else's purchase, Conflict where it does not wait for a payment, Invalid for an impossible card.
    """
    if card is not None and chosen_provider().hosted_at:
        raise Invalid("card.elsewhere", _("Send no card here: it is asked for on the payment provider's own page."))
    payment = _begin(viewer, purchase_id, attempt, at)
    if payment.state != Payment.State.STARTED:
        return _asked(payment, at)
    amount, taker = Money(payment.amount_minor, payment.currency), provider(payment.provider)
    try:
        result = taker.authorise(payment_id=payment.pk, amount=amount, card=card, return_url=return_url, at=at)
    except Invalid:
        Payment.objects.filter(pk=payment.pk, state=Payment.State.STARTED).delete()
        raise
    return _attempt(_through(payment, result, at), result.url)


def settle_payment(*, viewer: Viewer, purchase_id: UUID, at: datetime) -> Attempt | None:
    """Ask the provider how the newest attempt stands, when the buyer comes back from there. None: there is none."""
    purchase = _visible(viewer, purchase_id)
    payment = purchase.payments.order_by("-created_at", "-id").first()
    return _asked(payment, at) if payment else None


def apply_news(*, payment_id: UUID, news: Result, at: datetime) -> None:
    """What a webhook told of a payment. Raises NotFound for one we never made."""
    _apply(payment_id, news, at)


def reconcile_payments(*, at: datetime) -> int:
    """Ask the providers about attempts that have not ended by themselves: killed midway, or a webhook lost. Returns how many.

    An attempt they do not know is given up only after a while: the call may be under way, and take the money after this look.
    """
    waiting = Payment.objects.filter(state__in=OPEN_PAYMENTS, created_at__lte=at - TERMS.provider_answers_within)
    asked = 0
    for payment in waiting.order_by("created_at"):
        try:
            known = provider(payment.provider).lookup(payment_id=payment.pk)
            if known or payment.created_at <= at - TERMS.provider_forgets:
                _through(payment, known or INTERRUPTED, at)
        except (Problem, OSError):
            log.exception("payment %s: %s does not answer", payment.pk, payment.provider)
        asked += 1
    return asked


def refund_unwanted(*, at: datetime) -> int:
    """Give back money that came for a purchase which did not take it any more. Returns how many payments."""
    due = list(Payment.objects.filter(state=Payment.State.REFUNDING).order_by("created_at"))
    for payment in due:
        amount, refund_id = Money(payment.amount_minor, payment.currency), uuid5(payment.pk, "unwanted")
        try:
            result = provider(payment.provider).refund(payment_id=payment.pk, refund_id=refund_id, amount=amount)
        except (Problem, OSError):
            log.exception("payment %s: %s does not refund it", payment.pk, payment.provider)
            continue
        if result.state == "failed":
            log.error("payment %s: %s cannot refund it: %s", payment.pk, payment.provider, result.reason)
        back = Payment.State.REFUNDED if result.state == "done" else Payment.State.REFUNDING
        settled_at = at if result.state == "done" else None
        Payment.objects.filter(pk=payment.pk).update(state=back, reason=result.reason, settled_at=settled_at)
    return len(due)


def _begin(viewer: Viewer, purchase_id: UUID, attempt: str, at: datetime) -> Payment:
    """The attempt on record; the one that stands already where it is the same."""
    payment_id, taker = uuid5(purchase_id, attempt), chosen_provider().name
    by_key = may_see(viewer, purchase_id=purchase_id, buyer_user_id=None)
    with connection.cursor() as cursor:
        cursor.execute(
            _BEGIN,
            {
                "purchase_id": purchase_id,
                "by_key": by_key,
                "user_id": viewer.user_id,
                "payment_id": payment_id,
                "provider": taker,
                "ref": str(payment_id),
                "at": at,
            },
        )
        found = cursor.fetchone()
    if found is None:
        raise _unknown()
    if found[0] is not None:
        row = (payment_id, purchase_id, taker, str(payment_id), Payment.State.STARTED, *found, "", at, None)
        return Payment.from_db(connection.alias, _PAYMENT, row)
    earlier = Payment.objects.filter(pk=payment_id).first()
    if earlier is None:
        raise Conflict("purchase.closed", _("This purchase does not wait for a payment any more."))
    return earlier


def _asked(payment: Payment, at: datetime) -> Attempt:
    """How an attempt stands; where it is open, its provider is asked."""
    result = provider(payment.provider).lookup(payment_id=payment.pk) if payment.state in OPEN_PAYMENTS else None
    return _attempt(_through(payment, result, at), result.url) if result else _attempt(payment)


def _through(payment: Payment, result: Result, at: datetime) -> Payment:
    """Note what the provider says; where it set the money aside only, take it."""
    noted = _apply(payment.pk, result, at)
    if noted.state != Payment.State.AUTHORISED:
        return noted
    return _apply(payment.pk, provider(payment.provider).capture(payment_id=payment.pk), at)


def _visible(viewer: Viewer, purchase_id: UUID) -> Purchase:
    purchase = Purchase.objects.select_related("buyer").filter(pk=purchase_id).first()
    if purchase is None or not may_see(viewer, purchase_id=purchase.pk, buyer_user_id=purchase.buyer.user_id):
        raise _unknown()
    return purchase


def _unknown() -> NotFound:
    return NotFound("purchase.unknown", _("There is no such purchase, or this link is not complete."))


def _apply(payment_id: UUID, result: Result, at: datetime) -> Payment:
    """Let the provider's word change the payment, and through it the purchase; old news changes nothing."""
    with transaction.atomic():
        payment, wanted, redeems = _locked(payment_id)
        state = payment_after(payment.state, result.state, wanted=wanted)
        if state is None:
            return payment
        payment.state, payment.reason = state, result.reason
        payment.provider_ref = result.ref or payment.provider_ref
        payment.settled_at = None if state in OPEN_PAYMENTS else at
        _note(payment)
        if state == Payment.State.PAID:
            _mark_paid(payment.purchase_id, redeems, at)
    return payment


def settle_free(*, purchase_id: UUID, at: datetime) -> None:
    """A purchase that costs nothing, everything being taken off, is paid with its placing, in the same transaction."""
    redeems = Purchase.objects.filter(pk=purchase_id).values_list("redeems", flat=True).get()
    Purchase.objects.filter(pk=purchase_id).update(state=Purchase.State.PAID)
    _mark_paid(purchase_id, redeems, at)


def _locked(payment_id: UUID) -> tuple[Payment, bool, bool]:
    """The payment under its purchase's lock, whether that waits for money, and whether it redeems anything."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [payment_id])
        found = cursor.fetchone()
    if found is None:
        raise NotFound("payment.unknown", "There is no such payment.")
    return Payment.from_db(connection.alias, _PAYMENT, found[:-2]), found[-2] == Purchase.State.AWAITING, found[-1]


def _note(payment: Payment) -> None:
    """A payment that is paid has its purchase paid: one statement says both."""
    row = {name: getattr(payment, name) for name in ("id", "state", "reason", "provider_ref", "settled_at", "purchase_id")}
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, row)


def _mark_paid(purchase_id: UUID, redeems: bool, at: datetime) -> None:
    orders = locked_orders(purchase_id)
    if redeems:
        confirm_redeemed(purchase_id=purchase_id, at=at)
    move_orders(orders=orders, move=Move.PAY, at=at)
    paid = [
        OrderPaid(
            at=at,
            order_id=order.pk,
            store_id=order.store_id,
            buyer_id=order.buyer_id,
            total_minor=order.total_minor,
            currency=order.currency,
        )
        for order in orders
    ]
    hold_funds(paid=list(zip(orders, paid, strict=True)))
    record(*paid)


def _attempt(payment: Payment, url: str = "") -> Attempt:
    return Attempt(payment.pk, payment.purchase_id, payment.state, url, payment.reason)
