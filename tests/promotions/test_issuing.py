from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from caravan.kernel.errors import Conflict, NotFound
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.models import Notice
from caravan.promotions.actions.issuing import give_follower, grant_coupon, issue_coupons, remind
from caravan.promotions.models import Coupon
from caravan.stores.actions.follows import follow_store
from tests import factories
from tests.factories import AT
from tests.promotions.claims import buyer, buyers, coupon, left

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def grant(promotion, buyer_id, cause):
    return grant_coupon(promotion_id=promotion.pk, buyer_id=buyer_id, cause=cause, at=AT)


def test_a_game_gives_one_for_each_cause_however_often_it_says_so():
    prize, somebody = coupon(means="granted", total=9, per_buyer=2), buyer()
    first = grant(prize, somebody, "round 1")
    assert (grant(prize, somebody, "round 1").coupon_id, grant(prize, somebody, "round 2").is_new) == (first.coupon_id, True)
    with pytest.raises(Conflict, match="as many"):
        grant(prize, somebody, "round 3")
    assert grant(prize, buyer(), "round 1").is_new
    assert left(prize.pk) == 6


def test_what_is_collected_is_not_granted():
    with pytest.raises(NotFound):
        grant(coupon(), buyer(), "round 1")
    with pytest.raises(ValueError):
        grant(coupon(means="granted"), buyer(), "")


def test_the_people_of_a_segment_get_one_each_once_and_no_more_than_there_are():
    invited, people = coupon(means="targeted", total=5, audience="segment", segment_id=buyer()), buyers(7)
    assert issue_coupons(promotion_id=invited.pk, buyer_ids=people[:4], at=AT) == 4
    assert issue_coupons(promotion_id=invited.pk, buyer_ids=people[:4], at=AT) == 0
    assert issue_coupons(promotion_id=invited.pk, buyer_ids=people, at=AT) == 1
    assert (Coupon.objects.count(), left(invited.pk)) == (5, 0)


def test_who_is_given_a_coupon_is_told():
    person = factories.user()
    mine = buyer_of_user(user_id=person.pk, at=AT)
    invited = coupon(means="targeted", audience="segment", segment_id=mine)
    issue_coupons(promotion_id=invited.pk, buyer_ids=[mine, buyer()], at=AT)
    notice = Notice.objects.get()
    assert (notice.user_id, notice.code, notice.url) == (person.pk, "coupon_given", "/account/coupons")
    assert notice.about["coupon"] == "Welcome"


def test_who_follows_a_store_gets_its_coupon_for_followers_once():
    store, person = factories.store(), factories.user()
    thanks = coupon(store, means="follower", audience="followers")
    coupon(store, means="follower", audience="followers", state="paused")
    coupon(means="follower", audience="followers")
    with transaction.atomic():
        follow_store(user_id=person.pk, store_id=store.pk, at=AT)
    assert give_follower(store_id=store.pk, user_id=person.pk, at=AT) == 1
    assert give_follower(store_id=store.pk, user_id=person.pk, at=AT + DAY) == 0
    assert Coupon.objects.get().promotion_id == thanks.pk
    assert Notice.objects.filter(code="coupon_given").count() == 1


def test_who_follows_when_all_are_gone_gets_none_and_no_error():
    store = factories.store()
    coupon(store, means="follower", audience="followers", total=1)
    assert give_follower(store_id=store.pk, user_id=factories.user().pk, at=AT) == 1
    assert give_follower(store_id=store.pk, user_id=factories.user().pk, at=AT) == 0


def test_a_coupon_that_ends_soon_is_said_to_once():
    person = factories.user()
    mine = buyer_of_user(user_id=person.pk, at=AT)
    grant(coupon(means="granted", valid_days=5), mine, "round 1")
    assert remind(at=AT + 2 * DAY) == 0
    assert remind(at=AT + 3 * DAY) == 1
    assert remind(at=AT + 4 * DAY) == 0
    assert Notice.objects.get(code="coupon_ending").user_id == person.pk


def test_nobody_is_reminded_of_what_was_just_collected_used_or_is_over():
    mine = buyer()
    grant(coupon(means="granted", valid_days=1), mine, "round 1")
    grant(coupon(means="granted", valid_days=3), mine, "round 1")
    assert remind(at=AT + timedelta(hours=1)) == 0
    Coupon.objects.update(state="used", purchase_id=mine)
    assert remind(at=AT + 2 * DAY) == 0
    Coupon.objects.update(state="issued", purchase_id=None)
    assert remind(at=AT + 4 * DAY) == 0
