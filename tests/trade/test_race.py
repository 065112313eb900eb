"""Buyers at the same instant, on connections of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import Barrier
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from caravan.kernel.errors import Conflict
from caravan.trade.actions.closing import cancel_unpaid, lapse_unpaid
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.placing import Placed
from caravan.trade.models import Order, Purchase
from caravan.trade.queries.access import Viewer
from tests import factories
from tests.database import server_log
from tests.factories import AT
from tests.trade.scene import fill_cart, pay, place, scene, shown_total, stock

pytestmark = pytest.mark.django_db(transaction=True)
IN_TURN = pytest.mark.xdist_group("deadlocks")  # the log is the whole server's


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """The results or Conflicts of `calls`, all started together, each on its own connection."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            return call()
        except Conflict as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_sixty_four_buyers_of_the_last_ten_pieces_make_exactly_ten_orders():
    day = scene()
    owners = [fill_cart((day.lamp, 1)) for _ in range(64)]
    total = shown_total(owners[0])
    results = at_once([lambda o=o, n=n: place(o, total=total, email=f"b{n}@example.test") for n, o in enumerate(owners)])
    assert sum(isinstance(r, Placed) for r in results) == 10
    assert {r.code for r in results if isinstance(r, Conflict)} <= {"stock.short", "cart.unavailable"}
    assert (stock(day.lamp), Order.objects.count()) == (0, 10)


def test_the_same_request_fifty_times_at_once_is_one_purchase():
    day = scene()
    total = shown_total(day.owner)
    results = at_once([lambda: place(day.owner, key="once", total=total)] * 50)
    assert len({r.purchase_id for r in results}) == 1
    assert sum(not r.repeated for r in results) == 1
    assert (stock(day.lamp), Purchase.objects.count()) == (8, 1)


def test_carts_filled_in_opposite_order_do_not_deadlock():
    day = scene()
    shelf, shop = factories.category(), factories.store()
    goods = [factories.product(shop, shelf, stock=100).variants.get() for _ in range(5)]
    owners = [fill_cart(*[(v, 1) for v in (goods if n % 2 else goods[::-1])]) for n in range(24)]
    total = shown_total(owners[0])
    results = at_once([lambda o=o: place(o, total=total) for o in owners])
    assert all(isinstance(r, Placed) for r in results)
    assert {stock(v) for v in goods} == {76}
    assert stock(day.lamp) == 10


def test_a_purchase_paid_lapsed_and_called_off_at_once_ends_one_way_and_its_stock_agrees():
    day = scene()
    for round_ in range(6):
        placed = place(fill_cart((day.lamp, 1)))
        late = AT + timedelta(hours=24)
        viewer, number = Viewer(key=placed.key), placed.orders[0].number
        at_once(
            [
                lambda p=placed: pay(p),
                lambda at=late: lapse_unpaid(at=at),
                lambda v=viewer, n=number: cancel_unpaid(viewer=v, number=n, at=AT),
                lambda v=viewer, n=number: receive_order(viewer=v, number=n, at=AT),
            ]
        )
        purchase = Purchase.objects.get(pk=placed.purchase_id)
        order = Order.objects.get(purchase=purchase)
        assert purchase.state == order.payment_state, round_
        assert order.fulfilment_state == "none"
    sold = Order.objects.filter(payment_state="paid").count()
    assert stock(day.lamp) == 10 - sold


@IN_TURN
def test_sixty_four_buyers_across_fifty_products_oversell_nothing_and_never_lock_one_another_out():
    scene()
    chance, shelf = Random(64), factories.category()
    shops = [factories.store() for _ in range(5)]
    goods = [factories.product(shop, shelf, stock=9).variants.get() for shop in shops for _ in range(10)]
    wanted = [[(v, 1 + chance.randrange(2)) for v in chance.sample(goods, 1 + chance.randrange(8))] for _ in range(64)]
    owners = [fill_cart(*pieces) for pieces in wanted]
    totals = [shown_total(owner) for owner in owners]
    before = deadlocks()
    orders = enumerate(zip(owners, totals, strict=True))
    results = at_once([lambda o=o, t=t, n=n: place(o, total=t, email=f"b{n}@example.test") for n, (o, t) in orders])
    assert {r.code for r in results if isinstance(r, Conflict)} <= {"stock.short", "cart.unavailable"}
    placed = [(r, pieces) for r, pieces in zip(results, wanted, strict=True) if isinstance(r, Placed)]
    assert placed
    assert {v.pk: stock(v) for v in goods} == left_of(goods, [pieces for _, pieces in placed])

    late = AT + timedelta(hours=24)
    at_once([lambda p=p: pay(p) for p, _ in placed[::2]] + [lambda: lapse_unpaid(at=late)] * 4)
    paid = set(Purchase.objects.filter(state="paid").values_list("id", flat=True))
    assert {v.pk: stock(v) for v in goods} == left_of(goods, [pieces for p, pieces in placed if p.purchase_id in paid])
    assert deadlocks() == before


def left_of(goods: Sequence[Any], sold: Sequence[Sequence[tuple[Any, int]]]) -> dict[Any, int]:
    """What must be left of each after carts of (variant, pieces) were sold."""
    gone = Counter({v.pk: 0 for v in goods})
    for pieces in sold:
        gone.update({v.pk: n for v, n in pieces})
    return {v.pk: 9 - gone[v.pk] for v in goods}


def deadlocks() -> tuple[int, int]:
    """How often the server broke a circle of waiting transactions: in this database as it counts, in all as its log says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0]), server_log().count("deadlock detected")


@IN_TURN
def test_a_circle_of_waiting_transactions_would_be_noticed():
    first, second = factories.user().pk, factories.user().pk
    before, start = deadlocks(), Barrier(2)

    def lock(ids: Sequence[Any]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM people_user WHERE id = %s FOR UPDATE", [ids[0]])
            start.wait(timeout=60)
            cursor.execute("SELECT 1 FROM people_user WHERE id = %s FOR UPDATE", [ids[1]])

    def run(ids: Sequence[Any]) -> type[Exception] | None:
        try:
            lock(ids)
        except OperationalError as refused:
            return type(refused)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as threads:
        ended = list(threads.map(run, [(first, second), (second, first)]))
    assert sorted(map(bool, ended)) == [False, True]
    assert server_log().count("deadlock detected") == before[1] + bool(server_log())
    deadline = monotonic() + 20  # a server counts what a session did when that has gone
    while deadlocks()[0] == before[0] and monotonic() < deadline:
        sleep(0.05)
    assert deadlocks()[0] == before[0] + 1
