from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.promotions.events import PromotionChanged
from caravan.promotions.models import Coupon, Promotion
from caravan.promotions.rules.segments import Segment, segment_id
from caravan.trade.actions.targeting import issue_running
from caravan.trade.queries.segments import members_of
from caravan.trade.subscribers import issue_targeted
from tests.factories import AT
from tests.promotions.claims import coupon
from tests.trade.scene import fill_cart, pay, place, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    made = scene()
    placed = place(made.owner)
    pay(placed)
    return made


def changed(promotion, status="live"):
    return PromotionChanged(at=AT, promotion_id=promotion.pk, store_id=promotion.store_id, kind=promotion.kind, status=status)


def invited(store, segment=Segment.RECENT, **fields):
    return coupon(store, means="targeted", audience="segment", segment_id=segment_id(store.pk, segment), **fields)


def test_who_bought_lately_gets_the_coupon_for_them_when_it_goes_live(day):
    ours = invited(day.lamp.product.store)
    issue_targeted(changed(ours))
    issue_targeted(changed(ours))
    got = Coupon.objects.get()
    assert (got.promotion_id, got.buyer_id) == (ours.pk, members_of(ours.store_id, Segment.RECENT, AT)[0])


def test_others_do_not_and_nobody_gets_one_that_does_not_run(day):
    store = day.lamp.product.store
    issue_targeted(changed(invited(store, Segment.LAPSED)))
    issue_targeted(changed(invited(store, state="paused")))
    issue_targeted(changed(invited(store), "ended"))
    issue_targeted(changed(coupon(store)))
    assert not Coupon.objects.exists()


def test_who_comes_into_the_segment_later_gets_it_the_next_night(day):
    ours = invited(day.lamp.product.store)
    assert issue_running(at=AT) == 1
    other = place(fill_cart((day.lamp, 1)), email="late@example.test")
    assert issue_running(at=AT) == 0
    pay(other)
    assert issue_running(at=AT) == 1
    pay(place(fill_cart((day.lamp, 1)), email="later@example.test"))
    Promotion.objects.filter(pk=ours.pk).update(until=AT + timedelta(hours=1))
    assert issue_running(at=AT + timedelta(hours=2)) == 0


def test_the_market_reaches_the_buyers_of_all_its_stores(day):
    ours = invited(day.lamp.product.store)
    Promotion.objects.filter(pk=ours.pk).update(store=None, segment_id=segment_id(None, Segment.RECENT))
    assert issue_running(at=AT) == 1
