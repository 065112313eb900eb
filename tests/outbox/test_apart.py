from __future__ import annotations

import logging

import pytest
from django.db import OperationalError

from caravan.kernel.ids import uuid7
from caravan.outbox.actions import each_apart
from caravan.trade.actions import closing
from caravan.trade.models import Purchase
from tests.trade.scene import fill_cart, place, scene


def test_an_order_that_cannot_be_moved_stops_none_behind_it_and_is_told_of(caplog):
    ids = [uuid7() for _ in range(3)]

    def move(id):
        if id == ids[0]:
            raise ZeroDivisionError
        return id == ids[2]

    with caplog.at_level(logging.ERROR):
        assert each_apart(ids=ids, move=move, what="order") == 1
    assert f"order {ids[0]}" in caplog.text


def test_without_a_database_nobody_is_next():
    asked = []

    def move(id):
        asked.append(id)
        raise OperationalError("away")

    with pytest.raises(OperationalError):
        each_apart(ids=[uuid7(), uuid7()], move=move, what="order")
    assert len(asked) == 1


@pytest.mark.django_db
def test_so_it_is_with_purchases_that_lapse(monkeypatch):
    day = scene()
    broken, whole = (place(fill_cart((day.lamp, 1))) for _ in range(2))
    return_stock = closing.return_stock

    def breaks(*, given, **told):
        if Purchase.objects.filter(pk=broken.purchase_id, state=Purchase.State.LAPSED).exists():
            raise ZeroDivisionError
        return_stock(given=given, **told)

    monkeypatch.setattr(closing, "return_stock", breaks)
    assert closing.lapse_unpaid(at=max(broken.pay_by, whole.pay_by)) == 1
    states = dict(Purchase.objects.values_list("pk", "state"))
    assert (states[broken.purchase_id], states[whole.purchase_id]) == (Purchase.State.AWAITING, Purchase.State.LAPSED)
