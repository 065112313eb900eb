from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from caravan.kernel.errors import NotFound
from caravan.kernel.ids import uuid7
from caravan.kernel.money import CurrencyMismatch, Money
from caravan.trade.models import SandboxCharge, SandboxPayout, SandboxRefund
from caravan.trade.payments import Card, PayoutResult, RefundResult, Result
from caravan.trade.payments.sandbox import Sandbox, notices
from caravan.trade.payments.sandbox.cards import CARDS
from tests.factories import AT

pytestmark = pytest.mark.django_db
SANDBOX = Sandbox()
BY_SCENARIO = {card.scenario: card.number for card in reversed(CARDS.values())}


def brl(minor: int) -> Money:
    return Money(minor, "BRL")


def charge(scenario: str = "paid", minor: int = 1_000) -> UUID:
    payment_id, card = uuid7(), Card(BY_SCENARIO[scenario], "08/30", "123")
    SANDBOX.authorise(payment_id=payment_id, amount=brl(minor), card=card, return_url="/", at=AT)
    return payment_id


def refund(payment_id: UUID, minor: int, refund_id: UUID | None = None) -> RefundResult:
    return SANDBOX.refund(payment_id=payment_id, refund_id=refund_id or uuid7(), amount=brl(minor))


def told(subject: str, subject_id: UUID, monkeypatch) -> list[tuple[dict[str, str], bytes]]:
    """What the sandbox posts of it, with the headers, instead of posting it."""
    posted = []

    class Answer:
        def __enter__(self): ...
        def __exit__(self, *_): ...

    def post(request, timeout):
        posted.append(({notices.signature.HEADER: request.get_header("Caravan-signature")}, request.data))
        return Answer()

    monkeypatch.setattr(notices.urllib.request, "urlopen", post)
    notices.send_webhook(subject=subject, subject_id=subject_id, at=AT)
    return posted


def news(posted) -> list[tuple[UUID | None, object]]:
    read = [SANDBOX.verify(headers=headers, body=body, at=AT + timedelta(seconds=1)) for headers, body in posted]
    return [(notice.subject_id, notice.news) for notice in read]


def test_a_payment_goes_back_in_parts_to_the_last_cent_and_no_further():
    paid = charge()
    assert [refund(paid, minor).state for minor in (400, 599, 1)] == ["done"] * 3
    assert (refund(paid, 1).state, refund(paid, 1).reason) == ("failed", "too_much")
    assert SandboxCharge.objects.get(pk=paid).refunded_minor == 1_000


def test_the_same_refund_again_moves_nothing_more():
    paid, refund_id = charge(), uuid7()
    assert refund(paid, 600, refund_id) == refund(paid, 600, refund_id)
    assert SandboxCharge.objects.get(pk=paid).refunded_minor == 600


def test_the_books_refuse_more_than_was_taken_whoever_writes_them():
    paid = charge()
    refund(paid, 700)
    with pytest.raises(IntegrityError), transaction.atomic():
        SandboxRefund.objects.create(id=uuid7(), charge_id=paid, state="done", amount_minor=301)
    with pytest.raises(IntegrityError), transaction.atomic():
        SandboxRefund.objects.create(id=uuid7(), charge_id=charge("declined"), state="done", amount_minor=1)


def test_a_refund_that_fails_later_leaves_its_money_to_be_refunded_again(monkeypatch):
    paid, refund_id = charge("refund_fails"), uuid7()
    assert refund(paid, 1_000, refund_id).state == "pending"
    said = news(told("refund", refund_id, monkeypatch))
    assert said == [(refund_id, RefundResult("failed", f"sb_{refund_id.hex}", "account_closed"))]
    assert refund(paid, 1_000, refund_id).state == "failed"
    assert SandboxCharge.objects.get(pk=paid).refunded_minor == 0


def test_a_slow_refund_is_told_when_it_arrived(monkeypatch):
    paid, refund_id = charge("refund_slow"), uuid7()
    assert refund(paid, 10, refund_id).state == "pending"
    assert [about.state for _, about in news(told("refund", refund_id, monkeypatch))] == ["done"]


def test_what_was_only_set_aside_is_taken_by_a_second_call_or_let_go():
    taken, let_go = charge("authorised"), charge("authorised")
    assert SANDBOX.lookup(payment_id=taken).state == "authorised"
    assert [SANDBOX.capture(payment_id=taken).state for _ in range(2)] == ["paid", "paid"]
    assert [refund(let_go, 1_000).state for _ in range(2)] == ["done", "done"]
    assert SANDBOX.capture(payment_id=let_go).state == "declined"


def test_nothing_that_was_never_taken_goes_back():
    assert refund(charge("declined"), 1).reason == "too_much"
    with pytest.raises(NotFound):
        refund(uuid4(), 1)
    with pytest.raises(CurrencyMismatch):
        SANDBOX.refund(payment_id=charge(), refund_id=uuid7(), amount=Money(1, "USD"))


@pytest.mark.parametrize(
    ("account", "first", "later"),
    [
        ("sandbox-ok", "paid", ["paid"]),
        ("sandbox-slow", "pending", ["paid"]),
        ("sandbox-twice", "pending", ["paid", "paid"]),
        ("sandbox-failing", "pending", ["failed"]),
        ("sandbox-returned", "paid", ["failed"]),
    ],
)
def test_a_payout_ends_as_its_account_says_whenever_it_is_asked_about(account, first, later, monkeypatch):
    payout_id = uuid7()
    ask = {"payout_id": payout_id, "destination": account, "amount": Money(5_000, "EUR")}
    assert [SANDBOX.payout(**ask).state for _ in range(2)] == [first, first]
    assert [(about, told.state) for about, told in news(told("payout", payout_id, monkeypatch))] == [
        (payout_id, s) for s in later
    ]
    assert SANDBOX.payout(**ask).state == later[-1]
    assert SandboxPayout.objects.count() == 1


@pytest.mark.parametrize(
    ("account", "reason"), [("sandbox-refused", "not_verified"), ("DE00 nobody", "no_account"), ("", "no_account")]
)
def test_a_payout_to_nowhere_fails_at_once_and_says_why(account, reason):
    sent = SANDBOX.payout(payout_id=uuid7(), destination=account, amount=Money(5_000, "EUR"))
    assert isinstance(sent, PayoutResult)
    assert (sent.state, sent.reason) == ("failed", reason)


def test_older_news_may_be_told_after_newer(monkeypatch):
    paid = charge("unordered")
    assert [told.state for _, told in news(told("payment", paid, monkeypatch))] == ["paid", "pending"]
    assert SANDBOX.lookup(payment_id=paid) == Result("paid", f"sb_{paid.hex}")
