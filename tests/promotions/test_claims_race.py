"""Everybody at the same instant, on connections of their own; and those who are killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from caravan.kernel.errors import Conflict
from caravan.kernel.ids import uuid7
from caravan.promotions.actions import holding, standing
from caravan.promotions.actions.buckets import empty_buckets
from caravan.promotions.actions.claiming import Claimed, claim_coupon
from caravan.promotions.actions.codes import enter_code
from caravan.promotions.actions.holding import Held, give_back_expired, hold_pieces, let_go
from caravan.promotions.actions.issuing import grant_coupon
from caravan.promotions.actions.redeeming import redeem, release_redeemed
from caravan.promotions.actions.starting import pause_promotion, resume_promotion
from caravan.promotions.models import Coupon, CouponCode, Hold, PromotionGoods
from tests.factories import AT
from tests.promotions.claims import buyer, buyers, coupon, deal, left
from tests.promotions.selling import seller
from tests.trade.test_race import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def claim(promotion, buyer_id, nth=1):
    return claim_coupon(promotion_id=promotion.pk, buyer_id=buyer_id, market="US", at=AT, nth=nth)


def hold(goods, buyer_id, pieces=1, at=AT):
    return hold_pieces(goods_id=goods.pk, buyer_id=buyer_id, pieces=pieces, market="US", at=at)


def order(buyer_id, pieces, coupons=()):
    purchase = uuid7()
    with transaction.atomic():
        redeem(purchase_id=purchase, buyer_id=buyer_id, coupon_ids=coupons, pieces=pieces, until=AT, at=AT)
    return purchase


def codes_of(results):
    return {result.code for result in results if isinstance(result, Conflict)}


def test_sixty_four_buyers_of_the_last_ten_coupons_get_exactly_ten():
    welcome = coupon(total=10)
    results = at_once([lambda b=b: claim(welcome, b) for b in buyers(64)])
    assert sum(isinstance(result, Claimed) for result in results) == 10
    assert codes_of(results) == {"coupon.gone"}
    assert (Coupon.objects.count(), left(welcome.pk)) == (10, 0)


def test_sixty_four_buyers_of_the_last_ten_pieces_hold_exactly_ten():
    flash = deal(quantity=10)
    results = at_once([lambda b=b: hold(flash, b) for b in buyers(64)])
    assert sum(isinstance(result, Held) for result in results) == 10
    assert codes_of(results) == {"deal.gone"}
    assert (Hold.objects.count(), left(flash.pk)) == (10, 0)


def test_those_who_want_several_get_them_together_and_not_one_is_lost():
    flash = deal(quantity=50)
    results = at_once([lambda b=b: hold(flash, b, pieces=3) for b in buyers(40)])
    assert sum(isinstance(result, Held) for result in results) == 16
    assert (Hold.objects.count(), left(flash.pk)) == (48, 2)


def test_the_same_request_fifty_times_at_once_is_one_coupon_and_one_piece():
    welcome, flash, somebody = coupon(total=10, per_buyer=3), deal(quantity=10), buyer()
    results = at_once([lambda: claim(welcome, somebody)] * 50)
    assert len({result.coupon_id for result in results}) == 1
    assert sum(result.is_new for result in results) == 1
    held = at_once([lambda: hold(flash, somebody)] * 50)
    assert {(one.pieces, one.until) for one in held} == {(1, AT + timedelta(minutes=15))}
    assert (left(welcome.pk), left(flash.pk)) == (9, 9)


def test_one_person_at_fifty_screens_gets_no_more_than_their_limit():
    welcome, flash, somebody = coupon(total=100, per_buyer=3), deal(quantity=100, per_buyer=2), buyer()
    results = at_once([lambda n=n: claim(welcome, somebody, nth=n % 6 + 1) for n in range(50)])
    assert len({result.coupon_id for result in results if isinstance(result, Claimed)}) == 3
    assert codes_of(results) == {"coupon.limit"}
    results = at_once([lambda n=n: hold(flash, somebody, pieces=n % 4 + 1) for n in range(50)])
    assert codes_of(results) == {"deal.limit"}
    assert (Hold.objects.count(), left(welcome.pk), left(flash.pk)) == (2, 97, 98)


def test_a_single_use_code_entered_by_thirty_people_at_once_is_good_for_one():
    gift = coupon(means="code")
    CouponCode.objects.create(code="ABCD2345EFGH", promotion=gift)
    results = at_once([lambda b=b: enter_code(buyer_id=b, text="abcd-2345-efgh", market="US", at=AT) for b in buyers(30)])
    assert sum(isinstance(result, Claimed) for result in results) == 1
    assert codes_of(results) == {"code.used"}
    assert Coupon.objects.count() == 1


def test_the_same_code_or_gift_thirty_times_at_once_is_one_coupon():
    spring, prize, somebody = coupon(means="code", code="SPRING", per_buyer=5), coupon(means="granted", per_buyer=5), buyer()
    entered = at_once([lambda: enter_code(buyer_id=somebody, text="spring", market="US", at=AT)] * 30)
    granted = at_once([lambda: grant_coupon(promotion_id=prize.pk, buyer_id=somebody, cause="round 1", at=AT)] * 30)
    assert len({result.coupon_id for result in entered}) == len({result.coupon_id for result in granted}) == 1
    assert Coupon.objects.filter(promotion=spring).count() == Coupon.objects.filter(promotion=prize).count() == 1


def test_two_purchases_of_one_buyer_do_not_use_the_same_coupon():
    somebody = buyer()
    mine = claim(coupon(), somebody).coupon_id
    results = at_once([lambda: order(somebody, [], [mine])] * 20)
    assert sum(not isinstance(result, Conflict) for result in results) == 1
    assert codes_of(results) == {"coupon.gone"}


def test_orders_of_several_deals_in_any_order_do_not_deadlock_and_take_every_piece():
    deals = [deal(quantity=60) for _ in range(3)]
    wanted = [(goods.pk, 3) for goods in deals]
    calls = [lambda b=b, n=n: order(b, wanted if n % 2 else wanted[::-1]) for n, b in enumerate(buyers(24))]
    results = at_once(calls)
    assert sum(not isinstance(result, Conflict) for result in results) == 20
    assert [left(goods.pk) for goods in deals] == [0, 0, 0]


@pytest.mark.parametrize("_again", range(4))
def test_pieces_held_ordered_let_go_given_back_and_cleared_away_at_once_are_all_there_afterwards(_again):
    flash, people, later = deal(quantity=40), buyers(24), AT + timedelta(minutes=20)
    for one in people[:8]:
        hold(flash, one, pieces=2)
    purchases = [order(one, [(flash.pk, 1)]) for one in people[8:12]]
    at_once(
        [
            *(lambda b=b: hold(flash, b, pieces=2, at=later) for b in people[12:18]),
            *(lambda b=b: order(b, [(flash.pk, 2)]) for b in people[:4]),
            *(lambda b=b: let_go(goods_id=flash.pk, buyer_id=b) for b in people[4:8]),
            *(lambda p=p: _released(p) for p in purchases),
            lambda: give_back_expired(at=later),
        ]
    )
    assert left(flash.pk) + Hold.objects.filter(goods=flash).count() == 40
    freed = at_once([lambda: _ended(flash), *(lambda b=b: hold(flash, b, at=later) for b in people[18:])])[0]
    assert freed + Hold.objects.filter(goods=flash).count() == 40


def _released(purchase):
    with transaction.atomic():
        return release_redeemed(purchase_id=purchase)


def _ended(goods):
    with transaction.atomic():
        return empty_buckets(subject_id=goods.pk)


def test_whoever_is_cut_off_before_the_end_has_got_nothing_and_takes_nothing_away():
    welcome, somebody = coupon(total=3), buyer()
    claimed, cut = Event(), Event()
    seen = []

    def interrupted():
        try:
            with transaction.atomic():
                claim(welcome, somebody)
                seen.append(connection.connection.info.backend_pid)
                claimed.set()
                cut.wait(30)
        except OperationalError:
            seen.append("cut off")
        finally:
            connection.close()

    thread = Thread(target=interrupted)
    thread.start()
    claimed.wait(30)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [seen[0]])
    cut.set()
    thread.join()
    assert seen[1] == "cut off"
    assert (Coupon.objects.count(), left(welcome.pk)) == (0, 3)
    assert claim(welcome, somebody).is_new


def test_a_process_killed_while_it_claims_leaves_each_coupon_whole():
    """Another interpreter claims one after the other until it is killed: what it had committed is there, and its pieces gone."""
    welcome = coupon(total=5_000)
    buyers(5_000)
    database = {**os.environ, "DATABASE_URL": _url(), "DJANGO_SETTINGS_MODULE": "caravan.project.settings"}
    child = subprocess.Popen((sys.executable, "-c", _CLAIMS.format(promotion=welcome.pk)), env=database)
    deadline = time.monotonic() + 60
    while Coupon.objects.count() < 20 and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()
    _let_backends_notice()
    got = Coupon.objects.count()
    assert 20 <= got < 5_000
    assert left(welcome.pk) == 5_000 - got


_CLAIMS = """
import django
django.setup()
from uuid import UUID
from tests.factories import AT
from caravan.people.models import Buyer
from caravan.promotions.actions.claiming import claim_coupon
for one in Buyer.objects.values_list("pk", flat=True):
    claim_coupon(promotion_id=UUID("{promotion}"), buyer_id=one, market="US", at=AT)
"""


def _url() -> str:
    held = connection.settings_dict
    host = held["HOST"].replace("/", "%2F")
    return f"postgresql://{held['USER']}:{held['PASSWORD']}@{host}:{held['PORT'] or 5432}/{held['NAME']}"


def _let_backends_notice() -> None:
    deadline = time.monotonic() + 10
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(others)
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.05)


@contextmanager
def paused_deal():
    """Five pieces, of which somebody holds two, paused by their seller; and a way to call something beside a transaction."""
    shop = seller()
    shop.start(shop.limited(shop.deal(quantity=5)))
    goods, somebody = PromotionGoods.objects.get(), buyer()
    hold(goods, somebody, pieces=2)
    pause_promotion(**shop.who, promotion_id=goods.promotion_id, at=AT + timedelta(hours=1))
    calls: list[Future[object]] = []
    with ThreadPoolExecutor(1) as threads:

        def beside(call):
            """Once: it is done within the second, or waits for a lock and goes on when it gets it."""
            if not calls:
                calls.append(threads.submit(at_once, [call]))
                wait(calls, timeout=1)

        def resume():
            return resume_promotion(**shop.who, promotion_id=goods.promotion_id, at=AT + timedelta(hours=2))

        yield goods, somebody, beside, resume
    assert calls[0].result() in ([None], [2])
    goods.variant.refresh_from_db()
    assert (left(goods.pk), Hold.objects.count(), goods.variant.set_aside) == (5, 0, 5)


def test_pieces_given_back_while_a_paused_deal_is_resumed_are_the_deals_again(monkeypatch):
    with paused_deal() as (goods, somebody, beside, resume):
        found = holding.give_back

        def overtaken(**which):
            answer = found(**which)
            beside(resume)
            return answer

        monkeypatch.setattr(holding, "give_back", overtaken)
        assert let_go(goods_id=goods.pk, buyer_id=somebody) == 2


def test_and_so_they_are_where_the_deal_was_counted_first(monkeypatch):
    with paused_deal() as (goods, somebody, beside, resume):
        tell = standing.tell

        def overtaken(**what):
            tell(**what)
            beside(lambda: let_go(goods_id=goods.pk, buyer_id=somebody))

        monkeypatch.setattr(standing, "tell", overtaken)
        resume()
