from __future__ import annotations

from datetime import date, timedelta

import pytest

from caravan.catalog.models import Variant
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.stores.actions.vacation import end_vacation, plan_vacation
from caravan.stores.models import Vacation as Row
from caravan.stores.queries.vacations import planned_vacation, vacation_on
from caravan.stores.rules.vacation import Vacation
from caravan.trade.actions.notes import remove_note, write_note
from caravan.trade.actions.reordering import order_again
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.carts import cart
from caravan.trade.queries.notes import notes_of_order
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.rules.cart import CartOwner
from tests import factories
from tests.factories import AT
from tests.trade.scene import BRAZIL, Scene, fill_cart, place, scene

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def away(day: Scene, mode: str = "closed", *, since: date = TODAY, extra: int = 0) -> None:
    planned = Vacation(since=since, until=since + timedelta(days=10), mode=mode, extra_days=extra, message="Gone fishing")
    plan_vacation(user_id=day.seller_id, slug=day.lamp.product.store.slug, vacation=planned, at=AT)


def test_an_order_is_put_into_the_cart_again_and_what_is_gone_is_named():
    day = scene()
    placed = place(day.owner)
    Variant.objects.filter(pk=day.rug.pk).update(stock=0)
    done = [
        order_again(viewer=Viewer(key=placed.key), number=order.number, owner=CartOwner(), market=BRAZIL, at=AT)
        for order in placed.orders
    ]
    assert sorted(len(d.touched) for d in done) == [0, 1]
    [left] = [row for d in done for row in d.left]
    assert (left.title, bool(left.reason)) == ("Rug", True)
    with pytest.raises(NotFound):
        order_again(viewer=Viewer(), number=placed.orders[0].number, owner=CartOwner(), market=BRAZIL, at=AT)


def test_a_closed_store_sells_nothing_and_its_goods_wait_in_the_cart():
    day = scene()
    away(day)
    with pytest.raises(Conflict) as refused:
        fill_cart((day.lamp, 1))
    assert refused.value.code == "cart.away"
    seen = cart(owner=day.owner, market=BRAZIL, at=AT).basket
    assert [line.availability for line in seen.unavailable] == ["away"]
    assert cart(owner=day.owner, market=BRAZIL, at=AT + timedelta(days=11)).basket.ready


def test_a_slow_store_sells_with_later_dates():
    day = scene()
    before = {p.store.slug: p.delivery.days_max for p in cart(owner=day.owner, market=BRAZIL, at=AT).basket.parcels}
    away(day, "slow", extra=5)
    after = {p.store.slug: p.delivery.days_max for p in cart(owner=day.owner, market=BRAZIL, at=AT).basket.parcels}
    slug = day.lamp.product.store.slug
    assert after[slug] >= before[slug] + 5
    assert {s: d for s, d in after.items() if s != slug} == {s: d for s, d in before.items() if s != slug}


def test_a_vacation_begins_and_ends_by_the_clock_of_the_store():
    day = scene()
    store = day.lamp.product.store
    type(store).objects.filter(pk=store.pk).update(zone="Pacific/Auckland")
    away(day, since=TODAY + timedelta(days=1))  # in Auckland it is tomorrow already at 12:00 UTC
    planned = planned_vacation(store.pk)
    assert planned is not None
    columns = (planned.since, planned.until, planned.mode, planned.extra_days, planned.message, "Pacific/Auckland")
    assert vacation_on(AT, *columns) == planned
    assert vacation_on(AT - timedelta(hours=3), *columns) is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"until": TODAY - timedelta(days=1)}, "until"), ({"until": TODAY + timedelta(days=400)}, "until"), ({"mode": "x"}, "mode"),
     ({"mode": "slow", "extra_days": 0}, "extra_days"), ({"message": "x" * 301}, "message")],
)  # fmt: skip
def test_an_impossible_vacation_is_refused_by_field(wrong: dict[str, object], field: str):
    day = scene()
    asked = {"since": TODAY, "until": TODAY, "mode": "closed"} | wrong
    with pytest.raises(Invalid) as refused:
        plan_vacation(user_id=day.seller_id, slug=day.lamp.product.store.slug, vacation=Vacation(**asked), at=AT)
    assert set(refused.value.fields) == {field}


def test_coming_back_early_is_said_twice_without_harm():
    day = scene()
    away(day)
    for _time in range(2):
        end_vacation(user_id=day.seller_id, slug=day.lamp.product.store.slug, at=AT)
    assert not Row.objects.exists()
    with pytest.raises(NotFound):
        end_vacation(user_id=factories.user().pk, slug=day.lamp.product.store.slug, at=AT)


def test_notes_stay_among_the_staff():
    day = scene()
    placed = place(fill_cart((day.lamp, 1)))
    number = placed.orders[0].number
    order = order_for_buyer(viewer=Viewer(key=placed.key), number=number)
    written = write_note(user_id=day.seller_id, number=number, text=" Fragile ", at=AT)
    assert [note.text for note in notes_of_order(order.id)] == ["Fragile"]
    for stranger in (write_note, remove_note):
        with pytest.raises(NotFound):
            more = {"text": "x", "at": AT} if stranger is write_note else {"note_id": written}
            stranger(user_id=factories.user().pk, number=number, **more)
    for wrong in ("  ", "x" * 1001):
        with pytest.raises(Invalid):
            write_note(user_id=day.seller_id, number=number, text=wrong, at=AT)
    remove_note(user_id=day.seller_id, number=number, note_id=written)
    assert notes_of_order(order.id) == []
