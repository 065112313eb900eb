"""Buyer, store, platform and clock in any order, each at any time: money is conserved and nobody is paid back twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caravan.kernel.errors import Conflict, Invalid
from caravan.ledger.queries import check
from caravan.trade.actions import disputes
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.releasing import release_earned
from caravan.trade.actions.timers import confirm_due
from caravan.trade.models import Dispute, DisputeProposal, Refund
from caravan.trade.rules.disputes import BINDING, Reason, Remedy
from tests.trade.disputing import SHIPPED, case, complain
from tests.trade.scene import stock

SIDES = st.sampled_from(["buyer", "store", "platform"])
REMEDIES = st.sampled_from([r.value for r in Remedy])
MINOR = st.one_of(st.none(), st.integers(1, 30_000))


class Quarrel(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.undone_afterwards = transaction.atomic()
        self.undone_afterwards.__enter__()
        self.case = case()
        self.now = SHIPPED + timedelta(days=11)
        self.pieces = stock(self.case.day.lamp)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone_afterwards.__exit__(None, None, None)

    @initialize(remedy=st.sampled_from(["refund", "return", "resend"]), confirmed=st.booleans())
    def a_quarrel_begins(self, remedy: str, confirmed: bool) -> None:
        if confirmed:
            self.the_buyer_confirms()
        complain(self.case, remedy=remedy, at=self.now)

    def attempt(self, action, **arguments: object) -> None:
        try:
            with transaction.atomic():
                action(**arguments, at=self.now)
        except (Conflict, Invalid):
            return

    @rule(
        reason=st.sampled_from([r.value for r in Reason]), quantity=st.integers(1, 2), remedy=REMEDIES, minor=MINOR
    )  # fmt: skip
    def the_buyer_complains(self, reason: str, quantity: int, remedy: str, minor: int | None) -> None:
        self.attempt(
            lambda at: complain(self.case, reason=reason, quantity=quantity, remedy=remedy, minor=minor, at=at)
        )  # fmt: skip

    @rule(party=SIDES, remedy=REMEDIES, minor=MINOR)
    def somebody_proposes(self, party: str, remedy: str, minor: int | None) -> None:
        if self.disputed:
            self.attempt(disputes.propose, side=getattr(self.case, party), remedy=remedy, minor=minor)

    @rule(party=SIDES, whose=SIDES, times=st.integers(1, 2))
    def somebody_accepts(self, party: str, whose: str, times: int) -> None:
        if self.disputed and (made := DisputeProposal.objects.filter(dispute=self.case.dispute, party=whose).last()):
            for _ in range(times):
                self.attempt(disputes.accept, side=getattr(self.case, party), proposal_id=made.pk)

    @rule(party=SIDES, act=st.sampled_from(["escalate", "withdraw", "confirm_resent"]))
    def somebody_acts(self, party: str, act: str) -> None:
        if self.disputed:
            self.attempt(getattr(disputes, act), side=getattr(self.case, party))

    @rule(remedy=REMEDIES, minor=MINOR)
    def the_platform_decides(self, remedy: str, minor: int | None) -> None:
        if self.disputed:
            self.attempt(disputes.decide, side=self.case.platform, remedy=remedy, minor=minor, note="So be it.")

    @rule(party=SIDES, resalable=st.booleans())
    def parcels_go_their_way(self, party: str, resalable: bool) -> None:
        if not self.disputed:
            return
        side = getattr(self.case, party)
        self.attempt(disputes.give_return_address, side=side, address="5 Dock Road, Portland")
        self.attempt(disputes.send_back, side=side, carrier="Post", tracking_code="B1")
        self.attempt(disputes.take_back, side=side, resalable=resalable)
        self.attempt(disputes.resend, side=side, carrier="Post", tracking_code="R1")

    @rule(party=SIDES)
    def somebody_contests(self, party: str) -> None:
        if self.disputed:
            self.attempt(disputes.contest, side=getattr(self.case, party), text="Not at all.")

    @rule()
    def the_buyer_confirms(self) -> None:
        self.attempt(receive_order, viewer=self.case.viewer, number=self.case.number)

    @rule(days=st.integers(0, 12), ticking=st.booleans())
    def time_passes(self, days: int, ticking: bool) -> None:
        """Now and then the clock stands still, and catches up later."""
        self.now += timedelta(days=days, hours=1)
        if ticking:
            disputes.move_expired(at=self.now)
            confirm_due(at=self.now)
            release_earned(at=self.now)
            late = Dispute.objects.filter(state__in=BINDING, due_at__lte=self.now)
            assert not late.exists()

    @property
    def disputed(self) -> bool:
        return Dispute.objects.exists()

    @invariant()
    def what_went_back_is_never_more_than_was_paid_and_no_dispute_pays_twice(self) -> None:
        order, refunds = self.case.order, Refund.objects.all()
        assert sum(r.total_minor for r in refunds) == order.refunded_minor <= order.total_minor
        paying = Dispute.objects.exclude(refund=None)
        assert {d.refund_id for d in paying} == {r.pk for r in refunds}
        assert all(d.outcome in ("refund", "return") for d in paying)

    @invariant()
    def the_books_balance(self) -> None:
        assert not list(check())

    @invariant()
    def the_order_knows_whether_it_is_disputed(self) -> None:
        unsettled = Dispute.objects.exclude(state="settled").count()
        assert unsettled <= 1
        assert (self.case.order.dispute_state == "open") == bool(unsettled)

    @invariant()
    def money_in_dispute_is_not_paid_out(self) -> None:
        order = self.case.order
        if order.dispute_state == "open" and order.order_state == "placed":
            assert order.fund_state == "held"

    @invariant()
    def pieces_come_back_or_go_out_again_once_for_each_dispute(self) -> None:
        moved = abs(stock(self.case.day.lamp) - self.pieces)
        assert moved <= 2 * Dispute.objects.filter(remedy__in=["return", "resend"]).count()


@pytest.mark.slow
@pytest.mark.django_db
def test_money_is_conserved_and_paid_back_once_whatever_the_parties_do():
    run_state_machine_as_test(
        Quarrel,
        settings=settings(max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)),
    )
