"""Stripe's own library against a server that answers like Stripe."""

from __future__ import annotations

from uuid import uuid4

import pytest

from caravan.kernel.errors import BadRequest, Conflict, Forbidden, Invalid
from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.trade.actions.paying import pay_purchase, reconcile_payments, settle_payment
from caravan.trade.actions.webhooks import hear_webhook
from caravan.trade.models import Order, Payment, PaymentEvent
from caravan.trade.payments import Card, PayoutResult, RefundResult, chosen_provider, provider
from caravan.trade.payments.protocol import Unreachable
from caravan.trade.queries.access import Viewer
from tests.factories import AT
from tests.trade.scene import place, scene

pytestmark = pytest.mark.django_db
GOOD, NEEDS_BANK, DECLINED = "4242424242424242", "4000000000003220", "4000000000000341"


def start(placed, attempt: str = "1"):
    back = f"/en-br/checkout/{placed.purchase_id}/return"
    viewer = Viewer(key=placed.key)
    return pay_purchase(viewer=viewer, purchase_id=placed.purchase_id, card=None, attempt=attempt, return_url=back, at=AT)


def settle(placed):
    return settle_payment(viewer=Viewer(key=placed.key), purchase_id=placed.purchase_id, at=AT)


def hear(stand_in, kind: str, about: object) -> None:
    headers, body = stand_in.told(kind, about)
    hear_webhook(provider_name="stripe", headers=headers, body=body, at=AT)


def paid(stand_in):
    placed = place(scene().owner)
    attempt = start(placed)
    stand_in.visit(attempt.url, number=GOOD)
    settle(placed)
    return placed, attempt


def test_the_buyer_pays_on_stripes_page_and_comes_back(stripe_market):
    placed = place(scene().owner)
    asked = start(placed)
    assert asked.state == "confirming"
    back = stripe_market.visit(asked.url, number=GOOD)
    assert back.headers["Location"] == f"http://127.0.0.1:8000/en-br/checkout/{placed.purchase_id}/return"
    assert settle(placed).state == "paid"
    assert set(Order.objects.values_list("payment_state", flat=True)) == {"paid"}


def test_a_bank_that_asks_is_answered_on_stripes_page(stripe_market):
    placed = place(scene().owner)
    asked = start(placed)
    assert "Confirm" in stripe_market.visit(asked.url, number=NEEDS_BANK).text
    assert settle(placed).state == "confirming"
    stripe_market.visit(asked.url, answer="yes")
    assert settle(placed).state == "paid"


def test_who_refuses_at_the_bank_or_is_declined_may_try_again_there(stripe_market):
    placed = place(scene().owner)
    asked = start(placed)
    stripe_market.visit(asked.url, number=NEEDS_BANK)
    stripe_market.visit(asked.url, answer="no")
    assert "Declined" in stripe_market.visit(asked.url, number=DECLINED).text
    assert settle(placed).url == asked.url
    stripe_market.visit(asked.url, number=GOOD)
    assert settle(placed).state == "paid"


def test_the_webhook_pays_whom_the_buyer_never_came_back_for(stripe_market):
    asked = start(place(scene().owner))
    stripe_market.visit(asked.url, number=GOOD)
    hear(stripe_market, "checkout.session.completed", asked.payment_id)
    assert Payment.objects.get().state == "paid"


def test_a_webhook_is_stripes_or_is_refused(stripe_market):
    asked = start(place(scene().owner))
    stripe_market.visit(asked.url, number=GOOD)
    headers, body = stripe_market.told("checkout.session.completed", asked.payment_id)
    for changed, text in ((headers, body + b" "), ({**headers, "Stripe-Signature": "t=1,v1=0"}, body), ({}, body)):
        with pytest.raises(Forbidden):
            hear_webhook(provider_name="stripe", headers=changed, body=text, at=AT)
    assert not PaymentEvent.objects.exists()


def test_the_same_event_twice_is_kept_once(stripe_market):
    asked = start(place(scene().owner))
    stripe_market.visit(asked.url, number=GOOD)
    headers, body = stripe_market.told("checkout.session.completed", asked.payment_id)
    for _ in range(2):
        hear_webhook(provider_name="stripe", headers=headers, body=body, at=AT)
    assert PaymentEvent.objects.count() == 1


def test_a_page_nobody_paid_on_in_a_day_is_a_payment_that_did_not_happen(stripe_market):
    placed = place(scene().owner)
    asked = start(placed)
    stripe_market.make(f"sessions/{Payment.objects.get().provider_ref}/expire")
    hear(stripe_market, "checkout.session.expired", asked.payment_id)
    assert (Payment.objects.get().state, Payment.objects.get().reason) == ("declined", "expired")


def test_a_sent_form_sent_again_opens_the_same_page(stripe_market):
    placed = place(scene().owner)
    first = start(placed)
    Payment.objects.update(state="started", provider_ref="lost")  # killed before Stripe's answer was noted
    assert start(placed).url == first.url
    Payment.objects.update(state="started", provider_ref="lost")
    assert settle(placed).state == "started"


def test_an_attempt_stripe_never_heard_of_is_cleared_up(stripe_market):
    placed = place(scene().owner)
    start(placed)
    Payment.objects.update(state="started", provider_ref="lost", created_at=AT)
    reconcile_payments(at=AT.replace(year=2027))
    assert Payment.objects.get().reason == "interrupted"


def test_refunds_add_up_are_told_apart_by_id_and_never_exceed_what_was_paid(stripe_market):
    placed, attempt = paid(stripe_market)
    stripe, whole = provider("stripe"), placed.total
    part, rest = Money(whole.minor // 3, whole.currency), Money(whole.minor - whole.minor // 3, whole.currency)
    first, second = uuid7(), uuid7()
    made = [stripe.refund(payment_id=attempt.payment_id, refund_id=first, amount=part) for _ in range(2)]
    assert made[0] == made[1] == RefundResult("done", made[0].ref)
    assert stripe.refund(payment_id=attempt.payment_id, refund_id=second, amount=whole).reason == "too_much"
    assert stripe.refund(payment_id=attempt.payment_id, refund_id=uuid7(), amount=rest).state == "done"


def test_a_refund_that_fails_days_later_says_so(stripe_market):
    placed, attempt = paid(stripe_market)
    refund_id = uuid7()
    made = provider("stripe").refund(payment_id=attempt.payment_id, refund_id=refund_id, amount=placed.total)
    stripe_market.make(f"refunds/{made.ref}/fail")
    headers, body = stripe_market.told("refund.failed", refund_id)
    notice = provider("stripe").verify(headers=headers, body=body, at=AT)
    assert (notice.subject_id, notice.news) == (refund_id, RefundResult("failed", made.ref, "lost_or_stolen_card"))


def test_a_payout_is_a_transfer_to_the_stores_account_once(stripe_market):
    stripe, payout_id = provider("stripe"), uuid4()
    sent = [stripe.payout(payout_id=payout_id, destination="acct_store", amount=Money(5_000, "EUR")) for _ in range(2)]
    assert sent[0] == sent[1] == PayoutResult("paid", sent[0].ref)
    stripe_market.make(f"transfers/{sent[0].ref}/reverse")
    headers, body = stripe_market.told("transfer.reversed", payout_id)
    notice = stripe.verify(headers=headers, body=body, at=AT)
    assert (notice.subject_id, notice.news) == (payout_id, PayoutResult("failed", sent[0].ref, "returned_by_bank"))
    assert stripe.payout(payout_id=payout_id, destination="acct_store", amount=Money(5_000, "EUR")).state == "failed"


@pytest.mark.parametrize(
    ("destination", "amount", "reason"),
    [
        ("DE89370400440532013000", "50.00 EUR", "no_account"),
        ("acct_unknown", "50.00 EUR", "resource_missing"),
        ("acct_store", "1.922 KWD", "amount_not_taken"),
    ],
)
def test_a_payout_that_cannot_be_made_says_why(stripe_market, destination, amount, reason):
    failed = provider("stripe").payout(payout_id=uuid4(), destination=destination, amount=Money.parse(amount))
    assert (failed.state, failed.reason) == ("failed", reason)


def test_a_card_number_is_not_taken_where_stripe_asks_for_it_itself(stripe_market):
    placed = place(scene().owner)
    with pytest.raises(Invalid):
        pay_purchase(
            viewer=Viewer(key=placed.key),
            purchase_id=placed.purchase_id,
            card=Card(GOOD, "08/30", "123"),
            attempt="1",
            return_url="/",
            at=AT,
        )
    assert not Payment.objects.exists()


def test_an_unsigned_nonsense_or_a_signed_one_is_refused(stripe_market):
    from stripe import WebhookSignature

    from tests.trade.payments.conftest import SECRET

    for body in (b"nonsense", b"[]", b"{}"):
        headers = {"Stripe-Signature": WebhookSignature.generate_signature_header(body.decode(), SECRET)}
        with pytest.raises(BadRequest):
            provider("stripe").verify(headers=headers, body=body, at=AT)


def test_without_its_keys_stripe_is_no_provider_and_without_a_network_nothing_is_known(settings):
    settings.PAYMENT_PROVIDER = "stripe"
    with pytest.raises(Conflict):
        chosen_provider()
    settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_API = "sk_test_x", "whsec_x", "http://127.0.0.1:9"
    with pytest.raises(Unreachable):
        provider("stripe").payout(payout_id=uuid4(), destination="acct_store", amount=Money(1, "EUR"))
