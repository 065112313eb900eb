"""From what an order earned to the store's bank. Orders stand here as completed; the ledger is what is looked at."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection, transaction

from caravan.kernel.clock import now
from caravan.kernel.errors import Forbidden, Invalid, NotFound
from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.ledger.actions import post
from caravan.ledger.queries import balances, check
from caravan.ledger.rules import AccountKind, Leg
from caravan.outbox.models import StoredEvent
from caravan.people.models import Buyer
from caravan.stores.queries import stores_by_ids
from caravan.trade.actions.payout_accounts import choose_payouts, hold_payouts, keep_reserve
from caravan.trade.actions.payouts import hear_payout, pay_stores, reconcile_payouts, send_payout
from caravan.trade.actions.releasing import release_earned, release_reserves
from caravan.trade.events import PayoutFailed
from caravan.trade.models import Order, Payout, PayoutAccount, ReservePart, SandboxPayout
from caravan.trade.payments import PayoutResult, signature
from caravan.trade.payments.sandbox.notices import secret
from caravan.trade.queries.payouts import payout_terms, payouts_of_store, store_money
from caravan.trade.subscribers import mail_payout_failed
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 9, 12, tzinfo=AT.tzinfo)  # AT is a Monday too
WEEK = timedelta(days=7)


@pytest.fixture
def seller():
    return factories.user()


@pytest.fixture
def store(seller):
    factories.rates()
    made = factories.store(seller, currency="USD")
    choose_payouts(user_id=seller.pk, store=made.slug, schedule="weekly", destination="sandbox-ok")
    return made


def completed(store, minor: int, *, at: datetime = AT, **fields: object) -> Order:
    """An order whose escrow was released at `at`: `minor` of it are the store's, in dollars."""
    buyer = Buyer.objects.create(email=f"{uuid7()}@example.test", name="Ana")
    order = Order.objects.create(
        **{
            "number": f"T-{uuid7().hex[-12:]}", "store": store, "buyer": buyer, "market": "US", "currency": "USD",
            "store_currency": "USD", "rate": 1, "items_minor": minor, "total_minor": minor, "total_eur_minor": minor,
            "order_state": "completed", "payment_state": "paid", "fund_state": "released", "fulfilment_state": "received",
            "paid_at": at, "shipped_at": at, "received_at": at, "completed_at": at, "dispute_until": at + timedelta(days=3),
            **fields,
        }
    )  # fmt: skip
    usd = Money(minor, "USD")
    into = [Leg(AccountKind.PROVIDER_CLEARING, None, usd), Leg(AccountKind.ESCROW, order.pk, -usd)]
    out = [Leg(AccountKind.ESCROW, order.pk, usd), Leg(AccountKind.STORE_EARNED, store.pk, -usd)]
    with transaction.atomic():
        post(cause=uuid7(), kind="paid", legs=into, at=at, order_id=order.pk)
        post(cause=uuid7(), kind="completed", legs=out, at=at, order_id=order.pk)
    return order


def stands(store) -> dict[str, int]:
    """What the store has, by account, where it is not nothing."""
    return {a.kind.removeprefix("store_"): -a.balance.minor for a in balances(store.pk) if a.balance}


# --- what was earned becomes available


def test_what_was_earned_is_available_when_the_time_for_disputes_is_over_and_not_before(store):
    order = completed(store, 9000)
    assert release_earned(at=AT + timedelta(days=2)) == 0
    assert stands(store) == {"earned": 9000}
    assert release_earned(at=AT + timedelta(days=3)) == 1
    assert release_earned(at=AT + timedelta(days=4)) == 0
    assert stands(store) == {"available": 9000}
    order.refresh_from_db()
    assert order.available_at == AT + timedelta(days=3)
    assert StoredEvent.objects.get(name="trade.funds_released").payload["minor"] == 9000


def test_an_open_dispute_keeps_the_money_where_it_is(store):
    completed(store, 9000, dispute_state="open")
    completed(store, 500, dispute_state="settled")
    assert release_earned(at=MONDAY) == 1
    assert stands(store) == {"earned": 9000, "available": 500}


def test_what_was_given_back_in_the_meantime_does_not_become_available(store):
    order = completed(store, 9000)
    back = Money(4000, "USD")
    legs = [Leg(AccountKind.STORE_EARNED, store.pk, back), Leg(AccountKind.PROVIDER_CLEARING, None, -back)]
    post(cause=uuid7(), kind="refund", legs=legs, at=AT, order_id=order.pk)
    release_earned(at=MONDAY)
    assert stands(store) == {"available": 5000}


def test_many_orders_become_available_in_a_handful_of_statements(store, django_assert_max_num_queries):
    for _n in range(30):
        completed(store, 100)
    with django_assert_max_num_queries(16):
        assert release_earned(at=MONDAY) == 30


def test_a_reserve_is_kept_back_for_its_days_and_then_available(store):
    operator = factories.user(is_staff=True)
    keep_reserve(operator_id=operator.pk, store_id=store.pk, percent=10, days=30)
    completed(store, 9999)
    release_earned(at=MONDAY)
    assert stands(store) == {"available": 9000, "reserve": 999}
    assert release_reserves(at=MONDAY + timedelta(days=29)) == 0
    assert release_reserves(at=MONDAY + timedelta(days=30)) == 1
    assert release_reserves(at=MONDAY + timedelta(days=31)) == 0
    assert stands(store) == {"available": 9999}
    assert not check()
    assert ReservePart.objects.get().released_at == MONDAY + timedelta(days=30)


# --- payouts


def available(store, minor: int = 9000) -> None:
    completed(store, minor, at=AT - WEEK)
    release_earned(at=AT)


def test_on_its_day_a_store_is_paid_all_that_is_available_once(store):
    available(store)
    assert pay_stores(at=MONDAY) == 1
    assert pay_stores(at=MONDAY + timedelta(hours=1)) == 0
    assert stands(store) == {"paid_out": 9000}
    [row] = payouts_of_store(store.pk).rows
    assert (row.amount, row.state, row.day) == (Money(9000, "USD"), "paid", MONDAY.date())
    assert not check()


def test_a_day_that_was_missed_is_made_up_for(store):
    available(store)
    assert pay_stores(at=MONDAY + timedelta(days=3)) == 1
    assert Payout.objects.get().day == MONDAY.date()


def test_payouts_are_listed_by_their_day_page_by_page_whatever_their_ids(store):
    days = [MONDAY.date() - n * WEEK for n in (2, 0, 3, 1)]  # past payouts get ids out of their records, in no order
    for day in days:
        Payout.objects.create(
            id=uuid4(), store_id=store.pk, currency="USD", day=day, minor=100, destination="x", created_at=MONDAY
        )
    first = payouts_of_store(store.pk, limit=3)
    rest = payouts_of_store(store.pk, cursor=first.next_cursor or "", limit=3)
    assert [row.day for row in (*first.rows, *rest.rows)] == sorted(days, reverse=True)
    assert rest.next_cursor is None


def test_less_than_the_minimum_waits_for_the_next_day(store):
    available(store, 2499)  # EUR 20 are USD 25
    assert pay_stores(at=MONDAY) == 0
    available(store, 1)
    assert pay_stores(at=MONDAY + timedelta(days=1)) == 0
    assert pay_stores(at=MONDAY + WEEK) == 1
    assert stands(store) == {"paid_out": 2500}


def test_a_store_that_chose_monthly_waits_for_the_first(store, seller):
    choose_payouts(user_id=seller.pk, store=store.slug, schedule="monthly", destination="sandbox-ok")
    pay_stores(at=AT)
    available(store)
    assert pay_stores(at=datetime(2026, 3, 31, 12, tzinfo=AT.tzinfo)) == 0
    assert payout_terms(store.pk, MONDAY).next_on.isoformat() == "2026-04-01"
    assert pay_stores(at=datetime(2026, 4, 1, 1, tzinfo=AT.tzinfo)) == 1


def test_a_held_store_is_paid_nothing_and_reads_why(store):
    operator = factories.user(is_staff=True)
    hold_payouts(operator_id=operator.pk, store_id=store.pk, reason="  We look  into complaints ")
    available(store)
    assert pay_stores(at=MONDAY) == 0
    terms = payout_terms(store.pk, MONDAY)
    assert terms.hold_reason == "We look into complaints"
    [money] = store_money(stores_by_ids([store.pk])[store.pk], terms, MONDAY)
    assert (money.held, money.available) == ("operator", Money(9000, "USD"))
    hold_payouts(operator_id=operator.pk, store_id=store.pk, reason="")
    assert pay_stores(at=MONDAY + WEEK) == 1


def test_a_store_without_an_account_is_paid_nothing(store):
    PayoutAccount.objects.update(destination="")
    available(store)
    assert pay_stores(at=MONDAY) == 0
    assert stands(store) == {"available": 9000}


@pytest.mark.parametrize(("destination", "reason"), [("sandbox-refused", "not_verified"), ("nobody", "no_account")])
def test_a_payout_that_is_refused_returns_and_goes_out_on_the_next_day(store, destination, reason):
    PayoutAccount.objects.update(destination=destination)
    available(store)
    pay_stores(at=MONDAY)
    assert stands(store) == {"available": 9000}
    assert (Payout.objects.get().state, Payout.objects.get().reason) == ("failed", reason)
    PayoutAccount.objects.update(destination="sandbox-ok")
    assert pay_stores(at=MONDAY + WEEK) == 1
    assert stands(store) == {"paid_out": 9000}
    assert not check()


def test_the_owner_reads_why_a_payout_failed(store, seller):
    PayoutAccount.objects.update(destination="sandbox-refused")
    available(store)
    pay_stores(at=MONDAY)
    stored = StoredEvent.objects.get(name="trade.payout_failed").payload
    mail_payout_failed(
        PayoutFailed(
            at=MONDAY, payout_id=UUID(stored["payout_id"]), store_id=store.pk, minor=9000, currency="USD", reason=stored["reason"]
        )
    )
    [letter] = mail.outbox
    assert letter.to == [seller.email]
    assert "$90.00" in letter.body
    assert "not verified" in letter.body
    assert f"/seller/{store.slug}/money" in letter.body


def on_the_way(store) -> Payout:
    PayoutAccount.objects.update(destination="sandbox-slow")
    available(store)
    pay_stores(at=MONDAY)
    assert stands(store) == {"payout_transit": 9000}
    return Payout.objects.get()


def test_a_payout_on_its_way_arrives_by_webhook_told_any_number_of_times(store, client):
    payout = on_the_way(store)
    body = json.dumps({"id": "evt_1", "payout": str(payout.pk), "ref": "sb_x", "state": "paid", "reason": ""}).encode()
    headers = {signature.HEADER: signature.sign(secret(), body, now())}
    for _time in range(3):
        answer = client.post(
            "/webhooks/payments/sandbox",
            body,
            content_type="application/json",
            headers=headers,
        )
        assert answer.status_code in (200, 204)
    assert stands(store) == {"paid_out": 9000}
    assert Payout.objects.get().state == "paid"


def test_a_webhook_that_never_came_is_made_up_for_by_asking(store):
    payout = on_the_way(store)
    SandboxPayout.objects.update(state="paid")
    assert reconcile_payouts(at=MONDAY + timedelta(minutes=1)) == 0
    assert reconcile_payouts(at=MONDAY + timedelta(minutes=11)) == 1
    assert stands(store) == {"paid_out": 9000}
    assert Payout.objects.get(pk=payout.pk).settled_at == MONDAY + timedelta(minutes=11)


def test_money_the_bank_sends_back_after_all_is_the_stores_again(store):
    payout = on_the_way(store)
    for state in ("paid", "failed", "paid"):
        hear_payout(payout_id=payout.pk, news=PayoutResult(state, "r", "returned_by_bank"), at=MONDAY)
    assert stands(store) == {"available": 9000}
    assert Payout.objects.get().state == "failed"
    assert not check()


def test_a_provider_that_does_not_answer_changes_nothing_and_is_asked_again(store, settings):
    available(store)
    PayoutAccount.objects.update(destination="sandbox-ok")
    pay_stores(at=MONDAY)
    payout = Payout.objects.get()
    Payout.objects.filter(pk=payout.pk).update(state="waiting", provider="gone", settled_at=None)
    send_payout(payout_id=payout.pk, at=MONDAY)
    assert Payout.objects.get().state == "waiting"
    Payout.objects.filter(pk=payout.pk).update(provider="sandbox")
    assert reconcile_payouts(at=MONDAY + timedelta(minutes=10)) == 1
    assert Payout.objects.get().state == "paid"
    assert SandboxPayout.objects.count() == 1


def test_news_of_a_payout_nobody_made_is_refused():
    with pytest.raises(NotFound):
        hear_payout(payout_id=uuid7(), news=PayoutResult("paid", "r"), at=AT)


# --- who may say what


def test_only_an_owner_chooses_where_the_money_goes(store):
    with pytest.raises(NotFound):
        choose_payouts(user_id=factories.user().pk, store=store.slug, schedule="weekly", destination="mine")


def test_a_schedule_and_an_account_are_asked_for(store, seller):
    with pytest.raises(Invalid) as refused:
        choose_payouts(user_id=seller.pk, store=store.slug, schedule="daily", destination=" ")
    assert set(refused.value.fields) == {"schedule", "destination"}


def test_only_operators_hold_and_reserve(store, seller):
    with pytest.raises(Forbidden):
        hold_payouts(operator_id=seller.pk, store_id=store.pk, reason="x")
    with pytest.raises(Forbidden):
        keep_reserve(operator_id=seller.pk, store_id=store.pk, percent=0, days=30)
    with pytest.raises(Invalid):
        keep_reserve(operator_id=factories.user(is_staff=True).pk, store_id=store.pk, percent=51, days=30)


@pytest.mark.django_db(transaction=True)
def test_four_workers_on_the_same_day_make_one_payout_and_release_each_order_once(store):
    for _n in range(40):
        completed(store, 100, at=AT - WEEK)
    assert sum(four_times(lambda: release_earned(at=AT))) == 40
    assert stands(store) == {"available": 4000}
    assert sum(four_times(lambda: pay_stores(at=MONDAY))) == 1
    assert stands(store) == {"paid_out": 4000}
    assert not check()


def four_times(call: Callable[[], int]) -> list[int]:
    """What four workers that start together return, each on its own connection."""
    start = Barrier(4)

    def work(_n: int) -> int:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        return list(workers.map(work, range(4)))
