"""The ledger against orders and payouts, as `caravan ledger check` tells it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.ledger.actions import post
from caravan.ledger.rules import AccountKind, Leg
from caravan.project.commands.ledger import command
from caravan.trade.actions.payout_accounts import open_accounts
from caravan.trade.actions.payouts import pay_stores
from caravan.trade.actions.releasing import release_earned
from caravan.trade.models import Order, Payout
from caravan.trade.queries.proof import check_funds
from tests import factories
from tests.factories import AT
from tests.trade.test_payouts import completed

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    factories.rates()
    made = factories.store(currency="USD")
    open_accounts(store_ids=[made.pk], destination="sandbox-ok")
    return made


def held(store, minor: int) -> Order:
    """A paid order whose money waits."""
    order = completed(store, 0)
    Order.objects.filter(pk=order.pk).update(
        order_state="placed", fund_state="held", items_minor=minor, total_minor=minor, completed_at=None, dispute_until=None
    )
    usd = Money(minor, "USD")
    legs = [Leg(AccountKind.PROVIDER_CLEARING, None, usd), Leg(AccountKind.ESCROW, order.pk, -usd)]
    post(cause=uuid7(), kind="paid", legs=legs, at=AT, order_id=order.pk)
    return order


def checked() -> tuple[int, str]:
    done = CliRunner().invoke(command, ["check"])
    return done.exit_code, done.stdout


def test_a_market_whose_books_are_right_says_so(store):
    held(store, 500)
    completed(store, 9000, at=AT - timedelta(days=9))
    release_earned(at=AT)
    pay_stores(at=AT)
    assert Payout.objects.get().state == "paid"
    assert check_funds() == []
    assert checked() == (0, "The ledger adds up: 6 sorts of accounts, USD.\n")


def test_a_market_without_any_money_is_right_too():
    assert checked() == (0, "The ledger adds up: 0 sorts of accounts, no money yet.\n")


def test_escrow_that_is_not_what_the_order_says_is_found(store):
    order = held(store, 500)
    Order.objects.filter(pk=order.pk).update(refunded_minor=100)
    assert checked() == (1, f"escrow: Order {order.number} should have 4.00 USD in escrow, the ledger holds 5.00 USD.\n")
    Order.objects.filter(pk=order.pk).update(refunded_minor=0, fund_state="none")
    assert [finding.code for finding in check_funds()] == ["escrow"]


def test_an_open_order_without_any_escrow_is_found(store):
    order = completed(store, 0)
    Order.objects.filter(pk=order.pk).update(order_state="placed", fund_state="held", items_minor=7, total_minor=7)
    assert "should have 0.07 USD in escrow, the ledger holds 0.00 USD" in check_funds()[0].text


def test_a_payout_the_ledger_never_heard_of_is_found(store):
    Payout.objects.create(
        store=store, day=AT.date(), minor=100, currency="USD", provider="sandbox", destination="x", state="sent"
    )
    assert check_funds()[0].text == f"payout_transit of {store.slug} should be 1.00 USD, the ledger has 0.00 USD."


def test_money_of_nobody_is_found(store):
    usd = Money(100, "USD")
    legs = [Leg(AccountKind.PROVIDER_CLEARING, None, usd), Leg(AccountKind.STORE_EARNED, uuid7(), -usd)]
    with transaction.atomic():
        post(cause=uuid7(), kind="x", legs=legs, at=AT, order_id=uuid7())
    assert [finding.code for finding in check_funds()] == ["orphan", "orphan"]


def test_the_ledgers_own_findings_are_told_as_well(store):
    held(store, 500)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET session_replication_role = replica")  # as somebody with all rights over the tables could
        cursor.execute("UPDATE ledger_entry SET minor = minor + 5 WHERE kind = 'provider_clearing'")
        cursor.execute("SET session_replication_role = origin")
    code, said = checked()
    assert code == 1
    assert said.startswith("trial: All entries in USD add up to 0.05 USD, not to nothing.\nunbalanced: Posting ")
