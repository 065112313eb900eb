from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.clock import now
from caravan.project.demo.shoppers.carrier import JOURNEY, NAME, Carrier
from caravan.trade.actions.parcels import ship_parcel
from caravan.trade.models import Order, Parcel, TrackingEvent
from tests.trade.scene import fill_cart, pay, place, scene


@pytest.mark.django_db(transaction=True)
def test_a_parcel_moves_along_by_itself_through_the_webhook(live_server):
    day, start = scene(), now()
    placed = place(fill_cart((day.lamp, 1), at=start), at=start)
    pay(placed, at=start)
    number = placed.orders[0].number
    # The webhook believes no signature older than five minutes, so the journey lies behind us.
    sent = start - JOURNEY[-1][1]
    ship_parcel(user_id=day.seller_id, number=number, carrier=NAME, tracking_code="DP1", at=sent)
    carrier = Carrier(live_server.url)
    told = [carrier.work(sent + after) for _status, after in JOURNEY]
    assert told == [1, 1, 1, 1]
    assert list(TrackingEvent.objects.values_list("status", flat=True)) == [status for status, _after in JOURNEY]
    assert Order.objects.get(number=number).fulfilment_state == "delivered"
    assert carrier.work(start + timedelta(minutes=1)) == 0


@pytest.mark.django_db(transaction=True)
def test_a_parcel_of_the_past_takes_its_days(live_server):
    day, start = scene(), now()
    placed = place(fill_cart((day.lamp, 1), at=start), at=start)
    pay(placed, at=start)
    ship_parcel(user_id=day.seller_id, number=placed.orders[0].number, carrier=NAME, tracking_code="DP1", at=start)
    parcel = Parcel.objects.get()
    due = timedelta(days=6 + parcel.pk.int % 15)
    Parcel.objects.update(shipped_at=start - due + timedelta(hours=1))
    assert Carrier(live_server.url).work(start) == 0
    Parcel.objects.update(shipped_at=start - due - timedelta(seconds=1))
    assert Carrier(live_server.url).work(start) == 1
    assert Order.objects.get().fulfilment_state == "delivered"
