from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.reputation.actions import feedback, leave_feedback
from caravan.reputation.actions.feedback import Opinion
from caravan.reputation.events import FeedbackLeft
from caravan.reputation.models import Feedback
from caravan.reputation.queries import service_of
from caravan.reputation.rules.service import SCALES, ServiceFacts, service_score
from caravan.reputation.subscribers import dispute_settled, recompute
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.disputes import accept, decide, escalate, propose
from caravan.trade.events import DisputeSettled
from caravan.trade.queries.rates import current_rates
from tests.trade.disputing import LATER, Case, case, complain, disputed

FLAWLESS = ServiceFacts(orders=200, positive=1.0, described=4.9, communication=4.8, shipping=4.7)


def test_a_store_without_fault_has_a_hundred_points():
    score = service_score(FLAWLESS)
    assert (score.score, score.level) == (100.0, "excellent")
    assert all(part.lift == 0 for part in score.parts)


def test_the_weights_are_those_of_the_rules_and_come_to_a_hundred():
    assert [scale.weight for scale in SCALES.values()] == [5, 5, 10, 15, 10, 30, 15, 10]
    assert sum(scale.weight for scale in SCALES.values()) == 100


def test_half_way_between_good_and_bad_is_half_the_points():
    facts = ServiceFacts(orders=200, positive=0.91, described=4.9, communication=4.9, shipping=4.9)
    [positive] = [part for part in service_score(facts).parts if part.name == "positive"]
    assert (round(positive.points, 6), positive.lift) == (5.0, 5.0)


def test_what_would_lift_the_parts_is_exactly_what_is_missing():
    score = service_score(
        ServiceFacts(orders=100, liable=2, not_received=3, positive=0.9, described=4.2, communication=4.5, shipping=4.1)
    )
    assert score.score + sum(part.lift for part in score.parts) == pytest.approx(100, abs=0.5)


def test_a_part_nobody_has_rated_is_left_out_and_the_others_are_scaled():
    score = service_score(ServiceFacts(orders=10))
    assert score.score == 100.0
    assert [part.name for part in score.parts if part.value is None] == ["positive", "described", "communication", "shipping"]


def test_a_store_that_sold_nothing_has_no_score():
    score = service_score(ServiceFacts(orders=0))
    assert (score.score, score.level) == (None, None)


@pytest.mark.parametrize(("described", "level"), [(4.47, "excellent"), (4.3, "good"), (4.05, "pass"), (1.0, "pass")])
def test_levels_begin_at_90_80_and_60(described, level):
    facts = ServiceFacts(orders=200, positive=1.0, described=described, communication=4.9, shipping=4.9)
    assert service_score(facts).level == level


def decided(made: Case) -> None:
    propose(side=made.store, remedy="nothing", minor=None, at=LATER)
    escalate(side=made.buyer, at=LATER)
    decide(side=made.platform, remedy="refund", minor=100, note="So it is.", at=LATER)


@pytest.mark.django_db
def test_a_dispute_the_store_lost_counts_in_two_parts_and_an_agreement_in_one(django_assert_num_queries):
    made = disputed()
    decided(made)
    store_id = made.order.store_id
    with django_assert_num_queries(2):
        score = service_of(store_id, at=LATER)
    assert {part.name: part.value for part in score.parts if part.value} == {"not_as_described": 1.0, "liable": 1.0}


@pytest.mark.django_db
def test_an_agreed_dispute_is_nobodys_fault():
    made = disputed(reason="not_received")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    score = service_of(made.order.store_id, at=LATER)
    assert {part.name: part.value for part in score.parts if part.value} == {"not_received": 1.0}


def settled(made: Case) -> DisputeSettled:
    return DisputeSettled(
        at=LATER, order_id=made.order.pk, store_id=made.order.store_id, buyer_id=made.order.buyer_id, dispute_id=made.dispute.pk,
        outcome="refund", liable="store",
    )  # fmt: skip


@pytest.mark.django_db
def test_feedback_that_was_being_written_while_the_platform_decided_is_not_scored_either(monkeypatch):
    made = case()
    receive_order(viewer=made.viewer, number=made.number, at=LATER)
    complain(made, at=LATER)

    def overtaken(at):
        """Asked once the line was read, and before the feedback is stored."""
        decided(made)
        dispute_settled(settled(made))
        return current_rates(at)

    monkeypatch.setattr(feedback, "current_rates", overtaken)
    kept = leave_feedback(buyer_id=made.order.buyer_id, line_id=made.line_id, opinion=Opinion(stars=1), at=LATER)
    store_id, product_id = Feedback.objects.values_list("store_id", "product_id").get()
    recompute(FeedbackLeft(at=LATER, feedback_id=kept, store_id=store_id, product_id=product_id))
    assert Feedback.objects.get().unscored_reason == "decided_dispute"


@pytest.mark.django_db
def test_feedback_on_a_decided_order_is_shown_without_being_scored_given_before_or_after():
    made = case()
    receive_order(viewer=made.viewer, number=made.number, at=LATER)
    buyer_id = made.order.buyer_id
    leave_feedback(buyer_id=buyer_id, line_id=made.line_id, opinion=Opinion(stars=1), at=LATER)
    Feedback.objects.update(scored=True, unscored_reason="")
    complain(made, at=LATER)
    decided(made)
    for _ in range(2):
        dispute_settled(settled(made))
    before = Feedback.objects.get()
    assert (before.scored, before.unscored_reason) == (False, "decided_dispute")
    Feedback.objects.all().delete()
    leave_feedback(buyer_id=buyer_id, line_id=made.line_id, opinion=Opinion(stars=1), at=LATER + timedelta(days=1))
    assert Feedback.objects.get().unscored_reason == "decided_dispute"
