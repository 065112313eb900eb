"""The pages of money: an owner's, and the operators'."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from caravan.stores.models import Membership
from caravan.trade.actions.payout_accounts import choose_payouts, hold_payouts
from caravan.trade.actions.payouts import pay_stores
from caravan.trade.actions.releasing import release_earned
from caravan.trade.models import PayoutAccount
from tests import factories
from tests.factories import AT
from tests.trade.test_payouts import completed

pytestmark = pytest.mark.django_db
MONEY = "/en-us/seller/the-store/money"


@pytest.fixture
def owner():
    return factories.user()


@pytest.fixture
def store(owner):
    factories.rates()
    return factories.store(owner, slug="the-store", currency="USD")


@pytest.fixture
def page(owner, store) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def operator() -> Client:
    client = Client()
    client.force_login(factories.user(is_staff=True))
    return client


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def paid_out(store, owner) -> str:
    """An order that came all the way to the store's bank; its number."""
    choose_payouts(user_id=owner.pk, store=store.slug, schedule="weekly", destination="sandbox-ok")
    order = completed(store, 9000, at=AT - timedelta(days=9))
    release_earned(at=AT)
    pay_stores(at=AT)
    return order.number


def test_a_new_store_has_no_money_and_is_asked_where_it_should_go(page):
    text = page.get(MONEY).content.decode()
    assert "Nothing moved" in text
    assert "choose an account" in text


def test_the_statement_names_the_order_and_the_payout_and_links_them(page, store, owner):
    number = paid_out(store, owner)
    text = page.get(MONEY).content.decode()
    assert f"Order {number} completed" in text
    assert f'href="/en-us/seller/the-store/orders/{number}"' in text
    assert "Payout of Mar 2, 2026" in text
    assert "-$90.00" in text.replace("−", "-")
    assert "$90.00 moved" in text


def test_the_file_has_the_same_rows_as_the_page_and_its_balances_run(page, store, owner):
    paid_out(store, owner)
    completed(store, 2500)
    found = rows(page.get(f"{MONEY}/statement.csv"))
    assert [(row["kind"], Decimal(row["amount"]), Decimal(row["balance"])) for row in found] == [
        ("completed", Decimal(25), Decimal(25)),
        ("payout", Decimal(-90), Decimal(0)),
        ("available", Decimal(0), Decimal(90)),
        ("completed", Decimal(90), Decimal(90)),
    ]
    assert rows(page.get(f"{MONEY}/statement.csv?account=store_paid_out"))[0]["kind"] == "payout_paid"


def test_a_period_is_of_days_both_included(page, store, owner):
    paid_out(store, owner)
    completed(store, 2500, at=AT + timedelta(days=1))
    day = (AT + timedelta(days=1)).date()
    assert [row["kind"] for row in rows(page.get(f"{MONEY}/statement.csv?from={day}&to={day}"))] == ["completed"]
    assert page.get(f"{MONEY}?from=soon&to=9999-99-99").status_code == 200


def test_an_owner_chooses_the_day_and_the_account(page, store):
    answer = page.post(f"{MONEY}/payouts", {"schedule": "monthly", "destination": "sandbox-ok"})
    assert (answer.status_code, answer["Location"]) == (302, f"{MONEY}/payouts")
    account = PayoutAccount.objects.get()
    assert (account.store_id, account.schedule, account.destination) == (store.pk, "monthly", "sandbox-ok")


def test_what_was_typed_wrong_is_said_and_kept(page):
    answer = page.post(f"{MONEY}/payouts", {"schedule": "daily", "destination": " "})
    assert answer.status_code == 422
    assert "at most 80 characters" in answer.content.decode()


def test_the_list_of_payouts_says_why_one_came_back(page, store, owner):
    paid_out(store, owner)
    completed(store, 9000, at=AT - timedelta(days=3))
    PayoutAccount.objects.update(destination="sandbox-refused", paid_through=None)
    release_earned(at=AT + timedelta(days=7))
    pay_stores(at=AT + timedelta(days=7))
    text = page.get(f"{MONEY}/payouts").content.decode()
    assert "Arrived" in text
    assert "Came back" in text
    assert "not verified" in text


def test_a_hold_is_read_by_the_owner_in_the_operators_words(page, store):
    hold_payouts(operator_id=factories.user(is_staff=True).pk, store_id=store.pk, reason="Complaints are looked into")
    assert "Complaints are looked into" in page.get(MONEY).content.decode()
    assert "Complaints are looked into" in page.get(f"{MONEY}/payouts").content.decode()


def test_money_is_not_for_staff(store):
    staff = factories.user()
    Membership.objects.create(store=store, user=staff, role="staff")
    client = Client()
    client.force_login(staff)
    assert client.get(MONEY).status_code == 403
    assert client.get(f"{MONEY}/statement.csv").status_code == 403


def test_a_page_of_the_statement_costs_the_same_however_many_rows_it_has(page, store, django_assert_max_num_queries):
    for _n in range(30):
        completed(store, 100)
    page.get(MONEY)
    with django_assert_max_num_queries(14):
        page.get(MONEY)


def test_the_operators_read_the_trial_balance_and_any_account(operator, store, owner):
    paid_out(store, owner)
    text = operator.get("/en-us/operator/ledger").content.decode()
    assert "Taken by the payment provider" in text
    assert text.count("$90.00") >= 4
    assert "Paid by the buyer" in operator.get("/en-us/operator/ledger/provider_clearing/USD").content.decode()
    assert rows(operator.get("/en-us/operator/ledger/provider_clearing/USD/statement.csv"))[0]["kind"] == "paid"
    of_store = rows(operator.get("/en-us/operator/ledger/store_paid_out/USD/statement.csv?store=the-store"))
    assert [(row["kind"], row["balance"]) for row in of_store] == [("payout_paid", "90.00")]


def test_an_account_that_many_own_asks_whose(operator, store, owner):
    paid_out(store, owner)
    assert "Say which store" in operator.get("/en-us/operator/ledger/store_earned/USD").content.decode()
    assert "Each order has its own" in operator.get("/en-us/operator/ledger/escrow/USD").content.decode()
    assert rows(operator.get("/en-us/operator/ledger/escrow/USD/statement.csv")) == []
    assert operator.get("/en-us/operator/ledger/nothing/USD").status_code == 404


def test_the_books_are_for_operators(page):
    assert page.get("/en-us/operator/ledger").status_code == 404
    assert Client().get("/en-us/operator/ledger").status_code == 302
