from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.errors import Conflict, NotFound
from caravan.kernel.ids import uuid7
from caravan.promotions.actions.claiming import claim_coupon
from caravan.promotions.models import Coupon, Promotion
from caravan.promotions.rules import BuyerFacts
from tests import factories
from tests.factories import AT
from tests.promotions.claims import buyer, buyers, coupon, left

pytestmark = pytest.mark.django_db


def claim(promotion, buyer_id, *, nth=1, market="US", at=AT, **more):
    return claim_coupon(promotion_id=promotion.pk, buyer_id=buyer_id, market=market, at=at, nth=nth, **more)


def refusal(promotion, buyer_id, **more):
    with pytest.raises(Conflict) as refused:
        claim(promotion, buyer_id, **more)
    return refused.value.code


def test_a_coupon_is_taken_out_of_the_buckets_and_into_the_wallet():
    welcome, somebody = coupon(total=3), buyer()
    got = claim(welcome, somebody)
    assert got.is_new
    assert left(welcome.pk) == 2
    row = Coupon.objects.get()
    assert (row.pk, row.buyer_id, row.state, row.nth) == (got.coupon_id, somebody, "issued", 1)
    assert (row.valid_since, row.valid_until) == (AT, welcome.until)


def test_a_claim_is_one_statement(django_assert_num_queries):
    welcome, somebody = coupon(total=3), buyer()
    with django_assert_num_queries(1):
        claim(welcome, somebody)


def test_the_same_request_again_has_the_same_answer_and_takes_nothing():
    welcome, somebody = coupon(total=3), buyer()
    first = claim(welcome, somebody)
    again = claim(welcome, somebody, at=AT + timedelta(hours=1))
    assert (again.coupon_id, again.is_new) == (first.coupon_id, False)
    assert left(welcome.pk) == 2


def test_who_has_one_is_told_so_even_after_all_are_gone_and_it_is_over():
    welcome, somebody = coupon(total=1), buyer()
    first = claim(welcome, somebody)
    assert refusal(welcome, buyer()) == "coupon.gone"
    assert claim(welcome, somebody, at=welcome.until + timedelta(days=1)).coupon_id == first.coupon_id


def test_nobody_gets_more_than_their_limit():
    welcome, somebody = coupon(total=9, per_buyer=2), buyer()
    assert len({claim(welcome, somebody, nth=n).coupon_id for n in (1, 2, 1, 2)}) == 2
    assert refusal(welcome, somebody, nth=3) == "coupon.limit"
    assert refusal(welcome, somebody, nth=0) == "coupon.limit"
    assert left(welcome.pk) == 7


def test_all_are_given_out_and_none_more():
    welcome = coupon(total=10)
    people = buyers(13)
    outcomes = []
    for one in people:
        try:
            claim(welcome, one)
            outcomes.append("got")
        except Conflict as refused:
            outcomes.append(refused.code)
    assert outcomes == ["got"] * 10 + ["coupon.gone"] * 3
    assert Coupon.objects.count() == 10
    assert left(welcome.pk) == 0


def test_as_many_as_are_wanted_where_there_is_no_total():
    welcome = coupon()
    for one in buyers(5):
        claim(welcome, one)
    assert Coupon.objects.count() == 5


@pytest.mark.parametrize(
    ("fields", "at", "code"),
    [
        ({}, AT - timedelta(seconds=1), "coupon.early"),
        ({}, AT + timedelta(days=7), "coupon.late"),
        ({"state": "stopped"}, AT, "coupon.late"),
        ({"state": "draft"}, AT, "coupon.late"),
        ({"state": "paused"}, AT, "coupon.paused"),
        ({"valid_until": AT + timedelta(days=1)}, AT + timedelta(days=1), "coupon.late"),
    ],
)
def test_who_comes_early_or_late_is_refused_by_our_clock(fields, at, code):
    welcome = coupon(total=5, **fields)
    assert refusal(welcome, buyer(), at=at) == code
    assert left(welcome.pk) == 5
    assert not Coupon.objects.exists()


def test_only_what_can_be_collected_is_collected():
    for means in ("code", "targeted", "follower", "granted"):
        with pytest.raises(NotFound):
            claim(coupon(means=means), buyer())
    with pytest.raises(NotFound):
        claim_coupon(promotion_id=uuid7(), buyer_id=buyer(), market="US", at=AT)


def test_a_coupon_for_some_countries_is_refused_elsewhere():
    welcome = coupon(total=5, markets=["BR", "PT"])
    assert refusal(welcome, buyer(), market="US") == "coupon.market"
    assert claim(welcome, buyer(), market="PT").is_new


def test_only_who_is_meant_is_asked_about_and_gets_it():
    store = factories.store()
    welcome = coupon(store, total=5, audience="new_buyers")
    assert refusal(welcome, buyer()) == "coupon.audience"
    assert (
        refusal(welcome, buyer(), who=lambda: BuyerFacts(is_known=True, bought_from=frozenset([store.pk]))) == "coupon.audience"
    )
    assert claim(welcome, buyer(), who=lambda: BuyerFacts(is_known=True)).is_new
    followers = coupon(store, total=5, audience="followers")
    assert refusal(followers, buyer(), who=lambda: BuyerFacts(is_known=True)) == "coupon.audience"
    assert claim(followers, buyer(), who=lambda: BuyerFacts(is_known=True, follows=frozenset([store.pk]))).is_new
    ours, theirs = uuid7(), uuid7()
    invited = coupon(store, total=5, audience="segment", segment_id=ours)
    assert refusal(invited, buyer(), who=lambda: BuyerFacts(is_known=True, segments=frozenset([theirs]))) == "coupon.audience"
    assert claim(invited, buyer(), who=lambda: BuyerFacts(is_known=True, segments=frozenset([ours]))).is_new


def test_nobody_is_asked_about_where_it_is_for_everyone():
    def never():
        raise AssertionError("asked")

    assert claim(coupon(), buyer(), who=never).is_new


def test_it_is_valid_when_its_owner_said_or_for_some_days_from_the_claim():
    fixed = coupon(valid_since=AT + timedelta(days=2), valid_until=AT + timedelta(days=30))
    got = claim(fixed, buyer())
    assert (got.valid_since, got.valid_until) == (AT + timedelta(days=2), AT + timedelta(days=30))
    days = coupon(valid_days=3, valid_since=AT, valid_until=AT + timedelta(days=30))
    later = AT + timedelta(days=6)
    got = claim(days, buyer(), at=later)
    assert (got.valid_since, got.valid_until) == (later, later + timedelta(days=3))


def test_a_refusal_after_the_last_one_writes_nothing(django_assert_num_queries):
    welcome = coupon(total=1)
    claim(welcome, buyer())
    before = Coupon.objects.count()
    late = buyer()
    with django_assert_num_queries(1):
        assert refusal(welcome, late) == "coupon.gone"
    assert Coupon.objects.count() == before


def test_what_was_issued_stays_when_the_promotion_is_stopped():
    welcome, somebody = coupon(total=2), buyer()
    claim(welcome, somebody)
    Promotion.objects.update(state="stopped")
    assert Coupon.objects.get().state == "issued"
