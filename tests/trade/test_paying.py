from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest

from caravan.kernel.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound
from caravan.outbox.models import StoredEvent
from caravan.trade.actions.closing import cancel_unpaid, lapse_unpaid
from caravan.trade.actions.paying import pay_purchase, reconcile_payments, refund_unwanted, settle_payment
from caravan.trade.actions.webhooks import hear_webhook
from caravan.trade.models import Order, Payment, PaymentEvent, Purchase, SandboxCharge
from caravan.trade.payments import Card, sandbox, signature
from caravan.trade.payments.sandbox.cards import CARDS
from caravan.trade.queries.access import Viewer
from tests.factories import AT
from tests.trade.scene import CONFIRM, DECLINED, GOOD, SLOW, pay, place, scene, stock

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=25)


def notice(payment_id: UUID, state: str, *, event_id: str = "", reason: str = "") -> bytes:
    return json.dumps(
        {"id": event_id or f"evt_{state}", "payment": str(payment_id), "charge": "sb_1", "state": state, "reason": reason}
    ).encode()


def send(body: bytes, at=AT, signed_at=None) -> None:
    headers = {signature.HEADER: signature.sign(sandbox.secret(), body, signed_at or at)}
    hear_webhook(provider_name="sandbox", headers=headers, body=body, at=at)


def events(name: str) -> int:
    return StoredEvent.objects.filter(name=name).count()


def states() -> set[str]:
    return set(Order.objects.values_list("payment_state", flat=True))


def test_a_good_card_pays_every_order_of_the_purchase():
    paid = pay(place(scene().owner))
    assert paid.state == "paid"
    assert states() == {"paid"}
    assert events("trade.order_paid") == 2


def test_a_declined_card_says_why_and_another_may_be_tried():
    placed = place(scene().owner)
    assert (pay(placed, DECLINED).state, Payment.objects.get().reason) == ("declined", "insufficient_funds")
    assert states() == {"awaiting"}
    assert pay(placed).state == "paid"


def test_every_test_card_passes_the_check_digit_of_real_ones():
    for number in CARDS:
        digits = [int(d) for d in reversed(number)]
        assert sum(digits[::2] + [sum(divmod(2 * d, 10)) for d in digits[1::2]]) % 10 == 0, number


@pytest.mark.parametrize(
    ("card", "field"),
    [
        (Card("4111111111111111", "08/30", "123"), "card_number"),
        (Card(GOOD, "13/30", "123"), "card_expiry"),
        (Card(GOOD, "02/26", "123"), "card_expiry"),
        (Card(GOOD, "08/30", "12"), "card_code"),
    ],
)
def test_a_card_that_cannot_be_one_is_refused_without_an_attempt_on_record(card, field):
    placed = place(scene().owner)
    with pytest.raises(Invalid) as refused:
        pay_purchase(
            viewer=Viewer(key=placed.key),
            purchase_id=placed.purchase_id,
            card=card,
            attempt="1",
            return_url="/",
            at=AT,
        )
    assert field in refused.value.fields
    assert not Payment.objects.exists()


def test_what_was_typed_about_a_card_is_stored_nowhere_and_prints_as_nothing():
    pay(place(scene().owner), GOOD)
    kept = [str(v) for row in (*Payment.objects.values(), *SandboxCharge.objects.values()) for v in row.values()]
    assert not [v for v in kept if "4242" in v]
    assert "4242" not in repr(Card(GOOD, "08/30", "123"))


def test_the_same_attempt_twice_is_one_payment():
    placed = place(scene().owner)
    first, second = (pay(placed, attempt="a") for _ in range(2))
    assert first.payment_id == second.payment_id
    assert events("trade.order_paid") == 2


def test_a_stranger_can_neither_pay_nor_see_the_purchase():
    placed = place(scene().owner)
    with pytest.raises(NotFound):
        settle_payment(viewer=Viewer(key="0" * 32), purchase_id=placed.purchase_id, at=AT)


def test_a_purchase_paid_takes_no_second_payment():
    placed = place(scene().owner)
    pay(placed)
    with pytest.raises(Conflict):
        pay(placed)


def test_the_bank_asks_and_the_buyer_confirms():
    placed = place(scene().owner)
    asked = pay(placed, CONFIRM)
    assert (asked.state, asked.url) == ("confirming", f"/bank/{asked.payment_id}")
    assert sandbox.decide(charge_id=asked.payment_id, confirmed=True) == "/back"
    assert settle_payment(viewer=Viewer(key=placed.key), purchase_id=placed.purchase_id, at=AT).state == "paid"


def test_the_bank_asks_and_the_buyer_refuses_once_and_for_all():
    placed = place(scene().owner)
    asked = pay(placed, CONFIRM)
    sandbox.decide(charge_id=asked.payment_id, confirmed=False)
    sandbox.decide(charge_id=asked.payment_id, confirmed=True)
    settled = settle_payment(viewer=Viewer(key=placed.key), purchase_id=placed.purchase_id, at=AT)
    assert (settled.state, settled.reason) == ("declined", "not_confirmed")


def test_a_webhook_twice_pays_once():
    attempt = pay(place(scene().owner), SLOW)
    for _ in range(2):
        send(notice(attempt.payment_id, "paid"))
    assert (states(), events("trade.order_paid"), PaymentEvent.objects.count()) == ({"paid"}, 2, 1)


def test_a_decline_told_after_the_money_came_changes_nothing():
    attempt = pay(place(scene().owner), SLOW)
    send(notice(attempt.payment_id, "paid"))
    send(notice(attempt.payment_id, "declined"))
    send(notice(attempt.payment_id, "pending"))
    assert states() == {"paid"}


def test_money_that_came_after_a_decline_was_told_counts():
    attempt = pay(place(scene().owner), SLOW)
    send(notice(attempt.payment_id, "declined"))
    send(notice(attempt.payment_id, "paid"))
    assert states() == {"paid"}


def test_a_webhook_that_never_comes_lets_the_window_close():
    day = scene()
    pay(place(day.owner), "4000000000002206")
    reconcile_payments(at=LATER)
    assert lapse_unpaid(at=LATER) == 1
    assert (states(), stock(day.lamp), stock(day.rug)) == ({"lapsed"}, 10, 3)


def test_money_that_comes_after_the_window_closed_goes_back():
    day = scene()
    attempt = pay(place(day.owner), SLOW)
    lapse_unpaid(at=LATER)
    SandboxCharge.objects.update(state="paid")
    send(notice(attempt.payment_id, "paid"), at=LATER)
    assert Payment.objects.get().state == "refunding"
    assert refund_unwanted(at=LATER) == 1
    charge = SandboxCharge.objects.get()
    assert (Payment.objects.get().state, charge.refunded_minor) == ("refunded", charge.amount_minor)
    assert (states(), stock(day.lamp)) == ({"lapsed"}, 10)


def test_a_second_payment_of_the_same_purchase_goes_back():
    placed = place(scene().owner)
    slow = pay(placed, SLOW)
    pay(placed)
    send(notice(slow.payment_id, "paid"))
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["paid", "refunding"]


@pytest.mark.parametrize(
    ("body", "headers", "problem"),
    [
        (b"{}", {}, Forbidden),
        (b"{}", {signature.HEADER: "t=1,v1=00"}, Forbidden),
        (b"{}", {signature.HEADER: signature.sign(b"another secret", b"{}", AT)}, Forbidden),
        (b"{}", {signature.HEADER: signature.sign(sandbox.secret(), b"[]", AT)}, Forbidden),
        (b"{}", {signature.HEADER: signature.sign(sandbox.secret(), b"{}", AT - timedelta(minutes=6))}, Forbidden),
        (b"{}", {signature.HEADER: signature.sign(sandbox.secret(), b"{}", AT)}, BadRequest),
        (b"nonsense", {signature.HEADER: signature.sign(sandbox.secret(), b"nonsense", AT)}, BadRequest),
        (b"{}", {signature.HEADER: "t=²,v1=é"}, Forbidden),
    ],
)
def test_a_webhook_without_a_fitting_fresh_signature_is_refused(body, headers, problem):
    with pytest.raises(problem):
        hear_webhook(provider_name="sandbox", headers=headers, body=body, at=AT)


def test_a_webhook_about_an_unknown_payment_may_be_sent_again_later():
    with pytest.raises(NotFound):
        send(notice(UUID(int=1), "paid"))
    assert not PaymentEvent.objects.exists()


def test_an_attempt_whose_process_was_killed_is_cleared_up():
    placed = place(scene().owner)
    killed = Payment.objects.create(
        purchase_id=placed.purchase_id, provider="sandbox", provider_ref="x", amount_minor=1, currency="BRL", created_at=AT
    )
    reconcile_payments(at=AT + timedelta(minutes=9))
    killed.refresh_from_db()
    assert killed.state == "started"  # the provider may be about to hear of it
    reconcile_payments(at=AT + timedelta(minutes=10))
    killed.refresh_from_db()
    assert (killed.state, killed.reason) == ("declined", "interrupted")


def test_money_taken_after_we_looked_for_it_is_found_even_if_its_process_died_then():
    placed = place(scene().owner)
    slow = Payment.objects.create(
        purchase_id=placed.purchase_id, provider="sandbox", provider_ref="x", amount_minor=placed.total.minor, currency="BRL",
        created_at=AT,
    )  # fmt: skip
    reconcile_payments(at=AT + timedelta(minutes=2))
    SandboxCharge.objects.create(
        id=slow.pk, scenario="paid", state="paid", amount_minor=placed.total.minor, currency="BRL", return_url="/"
    )
    reconcile_payments(at=AT + timedelta(minutes=3))
    slow.refresh_from_db()
    assert (slow.state, Purchase.objects.get().state) == ("paid", "paid")


def test_money_taken_by_a_call_that_died_is_found_by_asking():
    placed = place(scene().owner)
    attempt = pay(placed, SLOW)
    SandboxCharge.objects.update(state="paid")
    reconcile_payments(at=AT + timedelta(minutes=2))
    assert Payment.objects.get(pk=attempt.payment_id).state == "paid"
    assert Purchase.objects.get().state == "paid"


def test_a_purchase_called_off_gives_its_stock_back_once():
    day = scene()
    placed = place(day.owner)
    for _ in range(2):
        cancel_unpaid(viewer=Viewer(key=placed.key), number=placed.orders[0].number, at=AT)
    assert lapse_unpaid(at=LATER) == 0
    assert (states(), stock(day.lamp), events("trade.order_cancelled")) == ({"voided"}, 10, 2)


def test_a_paid_order_cannot_be_called_off_here():
    day = scene()
    placed = place(day.owner)
    pay(placed)
    with pytest.raises(Conflict):
        cancel_unpaid(viewer=Viewer(key=placed.key), number=placed.orders[0].number, at=AT)


def test_only_what_is_overdue_lapses():
    day = scene()
    place(day.owner)
    assert lapse_unpaid(at=AT + timedelta(hours=23, minutes=59)) == 0
    assert lapse_unpaid(at=AT + timedelta(hours=24)) == 1
    assert events("trade.order_lapsed") == 2
