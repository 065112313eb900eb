"""Any order of carts, payments, webhooks (late, twice, never), lapses and parcels: stock and money always add up."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from caravan.kernel.errors import Conflict
from caravan.outbox.models import StoredEvent
from caravan.trade.actions.closing import cancel_unpaid, lapse_unpaid
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.actions.moves import facets_of
from caravan.trade.actions.paying import reconcile_payments, refund_unwanted
from caravan.trade.actions.placing import Placed
from caravan.trade.actions.webhooks import hear_webhook
from caravan.trade.models import Order, OrderLine, Payment, Purchase, SandboxCharge
from caravan.trade.payments import sandbox, signature
from caravan.trade.payments.sandbox.cards import CARDS
from caravan.trade.queries.access import Viewer
from tests.factories import AT
from tests.trade.scene import fill_cart, pay, place, scene, stock
from tests.trade.test_states import REACHABLE


class Market(RuleBasedStateMachine):
    carts = Bundle("carts")
    purchases = Bundle("purchases")
    attempts = Bundle("attempts")

    def __init__(self) -> None:
        super().__init__()
        self.undone_afterwards = transaction.atomic()
        self.undone_afterwards.__enter__()
        self.now = AT
        self.day = scene()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone_afterwards.__exit__(None, None, None)

    @rule(target=carts, lamps=st.integers(1, 4), rugs=st.integers(0, 2))
    def fill(self, lamps: int, rugs: int):
        wanted = [(self.day.lamp, lamps), *([(self.day.rug, rugs)] if rugs else [])]
        try:
            return fill_cart(*wanted, at=self.now)
        except Conflict:
            return self.day.owner

    @rule(target=purchases, cart=consumes(carts))
    def order(self, cart):
        try:
            return place(cart, key="only", at=self.now)
        except Conflict:
            return None

    @rule(target=attempts, placed=purchases, number=st.sampled_from(sorted(CARDS)))
    def try_to_pay(self, placed: Placed | None, number: str):
        try:
            return pay(placed, number, at=self.now).payment_id if placed else None
        except Conflict:
            return None

    @rule(payment_id=attempts, confirmed=st.booleans())
    def answer_the_bank(self, payment_id, confirmed: bool) -> None:
        if SandboxCharge.objects.filter(pk=payment_id, scenario="confirm").exists():
            sandbox.decide(charge_id=payment_id, confirmed=confirmed)

    @rule(payment_id=attempts, times=st.integers(1, 3))
    def a_webhook_arrives(self, payment_id, times: int) -> None:
        charge = SandboxCharge.objects.filter(pk=payment_id).first()
        if charge is None or charge.scenario == "never":
            return
        if charge.state == "pending":
            charge.state = "paid"
            charge.save()
        body = json.dumps(
            {"id": f"{payment_id}{charge.state}", "payment": str(payment_id), "charge": "sb", "state": charge.state}
        ).encode()
        for _ in range(times):
            headers = {signature.HEADER: signature.sign(sandbox.secret(), body, self.now)}
            hear_webhook(provider_name="sandbox", headers=headers, body=body, at=self.now)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        reconcile_payments(at=self.now)
        lapse_unpaid(at=self.now)
        refund_unwanted(at=self.now)

    @rule(placed=purchases)
    def call_off(self, placed: Placed | None) -> None:
        if placed:
            try:
                cancel_unpaid(viewer=Viewer(key=placed.key), number=placed.orders[0].number, at=self.now)
            except Conflict:
                assert Purchase.objects.get(pk=placed.purchase_id).state in ("paid", "lapsed")

    @rule(placed=purchases)
    def ship(self, placed: Placed | None) -> None:
        order = (
            Order.objects.filter(purchase=placed.purchase_id, store_id=self.day.lamp.product.store_id).first() if placed else None
        )
        if order:
            try:
                ship_order(user_id=self.day.seller_id, number=order.number, carrier="Post", tracking_code="1", at=self.now)
            except Conflict:
                assert order.payment_state != "paid"

    @rule(placed=purchases)
    def receive(self, placed: Placed | None) -> None:
        for order in placed.orders if placed else ():
            try:
                receive_order(viewer=Viewer(key=placed.key), number=order.number, at=self.now)
            except Conflict:
                assert Order.objects.get(pk=order.id).fulfilment_state == "none"

    @invariant()
    def no_piece_is_lost_or_sold_twice(self) -> None:
        for variant, all_pieces in ((self.day.lamp, 10), (self.day.rug, 3)):
            live = OrderLine.objects.filter(variant=variant).exclude(order__order_state="cancelled")
            assert stock(variant) + (live.aggregate(n=Sum("quantity"))["n"] or 0) == all_pieces

    @invariant()
    def no_purchase_is_in_two_minds(self) -> None:
        for purchase in Purchase.objects.all():
            orders = Order.objects.filter(purchase=purchase)
            assert {o.payment_state for o in orders} == {purchase.state}
            assert sum(o.total_minor for o in orders) == purchase.total_minor
            for order in orders:
                assert facets_of(order) in REACHABLE

    @invariant()
    def money_is_kept_for_what_was_sold_and_for_nothing_else(self) -> None:
        for purchase in Purchase.objects.all():
            kept = Payment.objects.filter(purchase=purchase, state="paid")
            assert kept.count() == (purchase.state == "paid")
            assert all(p.amount_minor == purchase.total_minor for p in kept)

    @invariant()
    def each_order_is_told_paid_at_most_once(self) -> None:
        told = [e["order_id"] for e in StoredEvent.objects.filter(name="trade.order_paid").values_list("payload", flat=True)]
        assert len(told) == len(set(told)) == Order.objects.filter(payment_state="paid").count()


@pytest.mark.slow
@pytest.mark.django_db
def test_stock_and_money_add_up_whatever_happens_in_whatever_order():
    run_state_machine_as_test(
        Market,
        settings=settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)),
    )
