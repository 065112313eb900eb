"""A market in which anything may happen in any order: what people, providers, carriers and clocks can do to orders."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, rule

from caravan.kernel.errors import Problem
from caravan.shipping.models import Policy
from caravan.trade.actions import (
    cancelling,
    changing,
    closing,
    disputes,
    lateness,
    paying,
    payouts,
    releasing,
    sending,
    timers,
)
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.disputes import Complaint
from caravan.trade.actions.goodwill import refund_by_store
from caravan.trade.actions.parcels import ship_parcel
from caravan.trade.actions.placing import Placed
from caravan.trade.actions.refunding import RefundLine
from caravan.trade.actions.tracking import track_by_hand
from caravan.trade.actions.webhooks import hear_webhook
from caravan.trade.models import Dispute, Order, OrderLine, Parcel, PayoutAccount, Refund, SandboxCharge, SandboxPayout
from caravan.trade.payments import sandbox, signature
from caravan.trade.payments.sandbox.cards import ACCOUNTS, CARDS
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.sides import buyer_side, platform_side, store_side
from tests import factories
from tests.factories import AT, shipping_address
from tests.trade.scene import Scene, fill_cart, pay, place, scene

REMEDIES = st.sampled_from(["refund", "resend", "return"])
DIES = st.sampled_from([False] * 5 + [True])


class Killed(BaseException):
    """The process, in the middle of it."""


class Events(RuleBasedStateMachine):
    """`dies`: the process is killed just before its commit."""

    carts = Bundle("carts")
    purchases = Bundle("purchases")
    attempts = Bundle("attempts")

    def __init__(self) -> None:
        super().__init__()
        self.undone_afterwards = transaction.atomic()
        self.undone_afterwards.__enter__()
        self.now = AT
        self.day = self.opened()
        self.operator = factories.user(is_staff=True)
        for variant in (self.day.lamp, self.day.rug):
            store_id = variant.product.store_id
            Policy.objects.create(store_id=store_id, on_time_percent=10)
            PayoutAccount.objects.create(store_id=store_id, destination="sandbox-ok", reserve_percent=10, reserve_days=20)

    def opened(self) -> Scene:
        return scene()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone_afterwards.__exit__(None, None, None)

    def tries(self, act: Callable[[], object], *, dies: bool = False) -> object:
        """What is refused is refused as a Problem, and changes nothing."""
        try:
            with transaction.atomic():
                done = act()
                if dies:
                    raise Killed
                return done
        except (Problem, Killed):
            return None

    def lamps(self, placed: Placed | None) -> tuple[Order, Viewer] | None:
        """The order whose store somebody acts for."""
        found = (
            Order.objects.filter(purchase=placed.purchase_id, store_id=self.day.lamp.product.store_id).first() if placed else None
        )
        return (found, Viewer(key=placed.key)) if found and placed else None

    # --- buying

    @initialize(target=purchases)
    def an_order_is_paid(self):
        placed = place(fill_cart((self.day.lamp, 2), (self.day.rug, 1)))
        pay(placed)
        return placed

    @initialize(target=purchases)
    def another_is_on_its_way(self):
        placed = place(fill_cart((self.day.lamp, 3)))
        pay(placed)
        ship_parcel(
            user_id=self.day.seller_id, number=placed.orders[0].number, carrier="Post", tracking_code="A", pieces=None, at=AT
        )
        return placed

    @initialize(target=purchases)
    def a_third_was_received(self):
        placed = place(fill_cart((self.day.lamp, 2)))
        pay(placed)
        number = placed.orders[0].number
        ship_parcel(user_id=self.day.seller_id, number=number, carrier="Post", tracking_code="C", pieces=None, at=AT)
        receive_order(viewer=Viewer(key=placed.key), number=number, at=AT)
        return placed

    @rule(target=carts, lamps=st.integers(1, 4), rugs=st.integers(0, 2))
    def fill(self, lamps: int, rugs: int):
        wanted = [(self.day.lamp, lamps), *([(self.day.rug, rugs)] if rugs else [])]
        return self.tries(lambda: fill_cart(*wanted, at=self.now)) or self.day.owner

    @rule(target=purchases, cart=consumes(carts), dies=DIES)
    def order(self, cart, dies: bool):
        return self.tries(lambda: place(cart, key="only", at=self.now), dies=dies)

    @rule(target=attempts, placed=purchases, number=st.sampled_from(["4242424242424242"] * 8 + sorted(CARDS)), dies=DIES)
    def try_to_pay(self, placed: Placed | None, number: str, dies: bool):
        return self.tries(lambda: pay(placed, number, at=self.now).payment_id, dies=dies) if placed else None

    @rule(payment_id=attempts, confirmed=st.booleans())
    def answer_the_bank(self, payment_id: UUID | None, confirmed: bool) -> None:
        if SandboxCharge.objects.filter(pk=payment_id, scenario="confirm").exists():
            sandbox.decide(charge_id=payment_id, confirmed=confirmed)

    @rule(payment_id=attempts, times=st.integers(1, 3), dies=DIES)
    def a_webhook_arrives(self, payment_id: UUID | None, times: int, dies: bool) -> None:
        charge = SandboxCharge.objects.filter(pk=payment_id).first()
        if charge is None or charge.scenario == "never":
            return
        if charge.state == "pending":
            charge.state = "paid"
            charge.save()
        said = {"id": f"{payment_id}{charge.state}", "payment": str(payment_id), "charge": "sb", "state": charge.state}
        self.hears(said, times, dies)

    def hears(self, said: dict[str, str], times: int, dies: bool) -> None:
        body = json.dumps(said).encode()
        for _ in range(times):
            headers = {signature.HEADER: signature.sign(sandbox.secret(), body, self.now)}
            self.tries(lambda h=headers: hear_webhook(provider_name="sandbox", headers=h, body=body, at=self.now), dies=dies)

    # --- calling off

    @rule(placed=purchases, dies=DIES)
    def call_off(self, placed: Placed | None, dies: bool) -> None:
        if placed:
            number = placed.orders[0].number
            self.tries(lambda: closing.cancel_unpaid(viewer=Viewer(key=placed.key), number=number, at=self.now), dies=dies)

    @rule(placed=purchases, dies=DIES)
    def ask_to_cancel(self, placed: Placed | None, dies: bool) -> None:
        for order in placed.orders if placed else ():
            viewer = Viewer(key=placed.key)
            self.tries(
                lambda n=order.number, v=viewer: cancelling.ask_cancel(viewer=v, number=n, reason="", at=self.now), dies=dies
            )

    @rule(placed=purchases, granted=st.booleans(), by_itself=st.booleans(), dies=DIES)
    def store_answers(self, placed: Placed | None, granted: bool, by_itself: bool, dies: bool) -> None:
        if found := self.lamps(placed):
            me = {"user_id": self.day.seller_id, "number": found[0].number, "at": self.now}
            if by_itself:
                self.tries(lambda: cancelling.cancel_by_store(**me), dies=dies)
            else:
                self.tries(lambda: cancelling.answer_cancel(**me, granted=granted), dies=dies)

    # --- sending

    @rule(placed=purchases, pieces=st.integers(1, 4) | st.none(), code=st.sampled_from("AB"), dies=DIES)
    def ship(self, placed: Placed | None, pieces: int | None, code: str, dies: bool) -> None:
        if found := self.lamps(placed):
            line = OrderLine.objects.get(order=found[0])
            inside = {line.pk: pieces} if pieces else None
            me = {"user_id": self.day.seller_id, "number": found[0].number, "at": self.now}
            self.tries(lambda: ship_parcel(**me, carrier="Post", tracking_code=code, pieces=inside), dies=dies)

    @rule(placed=purchases, parcel=st.integers(1, 2), status=st.sampled_from(["on_the_way", "delivered"]), dies=DIES)
    def a_parcel_is_heard_of(self, placed: Placed | None, parcel: int, status: str, dies: bool) -> None:
        found = self.lamps(placed)
        if found and Parcel.objects.filter(order=found[0], number=parcel).exists():
            me = {"user_id": self.day.seller_id, "number": found[0].number, "at": self.now}
            self.tries(lambda: track_by_hand(**me, parcel=parcel, status=status, attempt=f"{parcel}{status}"), dies=dies)

    @rule(placed=purchases, days=st.integers(1, 30))
    def change_terms(self, placed: Placed | None, days: int) -> None:
        if found := self.lamps(placed):
            order, viewer = found
            me = {"number": order.number, "at": self.now}
            self.tries(lambda: changing.extend_protection(**me, user_id=self.day.seller_id, days=days))
            self.tries(lambda: changing.change_address(**me, viewer=viewer, address=shipping_address("BR")))

    @rule(placed=purchases, dies=DIES)
    def receive(self, placed: Placed | None, dies: bool) -> None:
        for order in placed.orders if placed else ():
            viewer = Viewer(key=placed.key)
            self.tries(lambda n=order.number, v=viewer: receive_order(viewer=v, number=n, at=self.now), dies=dies)

    # --- money back

    @rule(placed=purchases, pieces=st.integers(0, 4), share=st.integers(0, 3), shipping=st.booleans(), dies=DIES)
    def give_back(self, placed: Placed | None, pieces: int, share: int, shipping: bool, dies: bool) -> None:
        if found := self.lamps(placed):
            order, line = found[0], OrderLine.objects.get(order=found[0])
            wanted = [RefundLine(line.pk, pieces, line.total_minor * share // 3 if share else None)]
            me = {"user_id": self.day.seller_id, "number": order.number, "at": self.now}
            shipped = order.shipping_minor if shipping else 0
            attempt = f"{pieces}{share}{shipping}"
            for _ in range(2):  # a form sent twice
                self.tries(lambda: refund_by_store(**me, lines=wanted, shipping_minor=shipped, attempt=attempt), dies=dies)

    @rule(dies=DIES)
    def the_refund_jobs_run(self, dies: bool) -> None:
        for refund_id in Refund.objects.values_list("id", flat=True):
            self.tries(lambda r=refund_id: sending.send_refund(refund_id=r, at=self.now), dies=dies)

    # --- paying stores out

    @rule(destination=st.sampled_from(["", *sorted(ACCOUNTS)]), hold=st.sampled_from(["", "", "", "Asked by the tax office."]))
    def payouts_go_elsewhere(self, destination: str, hold: str) -> None:
        PayoutAccount.objects.update(destination=destination, hold_reason=hold)

    @rule(times=st.integers(1, 3), dies=DIES)
    def banks_tell_of_payouts(self, times: int, dies: bool) -> None:
        for payout in SandboxPayout.objects.exclude(scenario="never"):
            if payout.scenario in ("slow", "twice", "failing", "returned"):
                payout.state = "failed" if payout.scenario in ("failing", "returned") else "paid"
                payout.save()
            said = {"id": f"{payout.pk}{payout.state}", "payout": str(payout.pk), "state": payout.state, "reason": payout.reason}
            self.hears(said, times, dies)

    # --- disputes

    @rule(placed=purchases, pieces=st.integers(1, 4), remedy=REMEDIES, part=st.booleans(), dies=DIES)
    def complain(self, placed: Placed | None, pieces: int, remedy: str, part: bool, dies: bool) -> None:
        if found := self.lamps(placed):
            order, viewer = found
            line = OrderLine.objects.get(order=order)
            said = Complaint(
                reason="damaged",
                pieces={line.pk: pieces},
                remedy=remedy,
                minor=100 if part else None,
                text="Broken in the middle.",
            )
            side = buyer_side(viewer=viewer, number=order.number)
            self.tries(lambda: disputes.open_dispute(side=side, complaint=said, at=self.now), dies=dies)

    @rule(
        placed=purchases, what=st.sampled_from(["offer", "accept", "withdraw", "escalate", "decide"]), remedy=REMEDIES, dies=DIES
    )
    def talk(self, placed: Placed | None, what: str, remedy: str, dies: bool) -> None:
        found = self.lamps(placed)
        if not found or not Dispute.objects.filter(order=found[0]).exists():
            return
        order, viewer = found
        buyer = buyer_side(viewer=viewer, number=order.number)
        store = store_side(user_id=self.day.seller_id, number=order.number)
        operator = platform_side(user_id=self.operator.pk, number=order.number)
        newest = Dispute.objects.filter(order=order).latest("opened_at").proposals.order_by("id").last()
        acts: dict[str, Callable[[], object]] = {
            "offer": lambda: disputes.propose(side=store, remedy=remedy, minor=None, note="", at=self.now),
            "accept": lambda: [disputes.accept(side=s, proposal_id=newest.pk, at=self.now) for s in (store, buyer) if newest][:1],
            "withdraw": lambda: disputes.withdraw(side=buyer, at=self.now),
            "escalate": lambda: disputes.escalate(side=buyer, at=self.now),
            "decide": lambda: disputes.decide(
                side=operator, remedy=remedy, minor=None, note="The pictures show it.", at=self.now
            ),
        }
        self.tries(acts[what], dies=dies)

    # --- time

    @rule(hours=st.sampled_from([1, 5, 30, 60, 24 * 9, 24 * 25, 24 * 70]), clocks_run=st.booleans(), dies=DIES)
    def time_passes(self, hours: int, clocks_run: bool, dies: bool) -> None:
        """No clock may run for days; then all strike at once."""
        self.now += timedelta(hours=hours)
        if clocks_run:
            self.strike(dies=dies)

    @rule(days=st.sampled_from([1, 7, 16]))
    def all_is_quiet_for_days(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.strike(dies=False)

    def strike(self, *, dies: bool) -> None:
        for clock in (
            paying.reconcile_payments, closing.lapse_unpaid, paying.refund_unwanted, sending.send_waiting,
            disputes.move_expired, timers.grant_unanswered, timers.close_unshipped, timers.confirm_due,
            lateness.compensate_late, releasing.release_earned, releasing.release_reserves, payouts.reconcile_payouts,
            payouts.pay_stores,
        ):  # fmt: skip
            self.tries(lambda c=clock: c(at=self.now), dies=dies)
