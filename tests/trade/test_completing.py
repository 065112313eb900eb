from __future__ import annotations

import pytest

from caravan.kernel.errors import Conflict
from caravan.kernel.money import Money
from caravan.outbox.models import StoredEvent
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.timers import confirm_due
from caravan.trade.models import Order
from caravan.trade.queries.received import lines_awaiting_feedback
from caravan.trade.rules.exchange import settle
from caravan.trade.rules.terms import TERMS
from tests.factories import AT
from tests.trade.money import DAY, accounts, again, assert_proven, bought, received, sent, stands
from tests.trade.scene import scene

pytestmark = pytest.mark.django_db


def test_paid_money_waits_in_the_escrow_of_its_order():
    order, _ = bought(scene())
    assert (order.fund_state, order.commission_bps) == ("held", TERMS.commission_bps)
    assert stands("escrow", "BRL", order.pk) == -order.total_minor == -stands("provider_clearing", "BRL")
    assert_proven()


def test_completion_splits_the_escrow_into_tax_commission_and_what_the_store_earned():
    order, _ = received(scene())
    assert (order.order_state, order.fund_state, order.completed_at) == ("completed", "released", order.received_at)
    net = Money(order.total_minor - order.tax_minor, order.currency)
    settled = settle(net, store_currency="USD", rate=order.rate, margin_bps=order.rate_margin_bps).store.minor
    commission = round(settled * TERMS.commission_bps / 10_000)
    assert (stands("escrow", "BRL"), stands("tax", "BRL")) == (0, -order.tax_minor)
    assert stands("commission", "USD") == -commission
    assert stands("store_earned", "USD", order.store_id) == -(settled - commission)
    assert_proven()


def test_what_was_earned_is_told_with_the_completion():
    order, _ = received(scene())
    [told] = StoredEvent.objects.filter(name="trade.order_completed").values_list("payload", flat=True)
    assert (told["earned_minor"], told["store_currency"]) == (-stands("store_earned", "USD", order.store_id), "USD")


def test_receiving_twice_releases_once():
    order, viewer = received(scene())
    before = accounts()
    receive_order(viewer=viewer, number=order.number, at=AT + 10 * DAY)
    assert accounts() == before


def test_an_order_nobody_confirmed_counts_as_received_when_its_clock_strikes():
    day = scene()
    order, _ = bought(day)
    order = sent(day, order)
    assert order.confirm_by < order.protected_until
    assert confirm_due(at=order.confirm_by - DAY) == 0
    assert confirm_due(at=order.confirm_by + 40 * DAY) == 1  # no worker ran for weeks
    done = again(order)
    assert (done.order_state, done.fulfilment_state, done.fund_state) == ("completed", "received", "released")
    assert done.dispute_until == done.completed_at + TERMS.dispute_window
    assert not StoredEvent.objects.filter(name="trade.order_received").exists()
    assert_proven()


def test_what_counts_as_received_may_be_rated(django_user_model):
    day = scene()
    order, _ = bought(day)
    order = sent(day, order)
    user = django_user_model.objects.create(email="rater@example.test")
    type(order.buyer).objects.filter(pk=order.buyer_id).update(user=user)
    confirm_due(at=order.confirm_by)
    assert len(lines_awaiting_feedback(user_id=user.pk, since=AT)) == 1


def test_an_open_dispute_stops_the_clock_and_the_buyers_word():
    day = scene()
    order, viewer = bought(day)
    order = sent(day, order)
    Order.objects.filter(pk=order.pk).update(dispute_state="open")
    assert confirm_due(at=order.confirm_by + DAY) == 0
    with pytest.raises(Conflict):
        receive_order(viewer=viewer, number=order.number, at=AT + 9 * DAY)
