from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.people.actions.buyers import buyer_of_user
from caravan.promotions.actions.claiming import claim_coupon
from caravan.promotions.actions.holding import hold_pieces
from caravan.promotions.models import Coupon, Promotion, PromotionGoods
from caravan.promotions.queries.claimable import claimable_coupon, claimable_coupons, held_pieces, limited_of_product
from caravan.promotions.queries.offers import PLATFORM
from caravan.promotions.queries.wallet import Shelf, Standing, usable_coupons, wallet
from caravan.promotions.rules import Audience, Benefit, Payer
from tests import factories
from tests.factories import AT
from tests.promotions.claims import buyer, buyers, coupon, deal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def person():
    return factories.user()


@pytest.fixture
def mine(person):
    return buyer_of_user(user_id=person.pk, at=AT)


@pytest.fixture
def store():
    return factories.store()


def collect(promotion, buyer_id, at=AT):
    return claim_coupon(promotion_id=promotion.pk, buyer_id=buyer_id, market="US", at=at).coupon_id


def on(person, shelf, at=AT):
    return [(row.id, row.standing) for row in wallet(user_id=person.pk, shelf=shelf, at=at).coupons]


def test_a_wallet_has_what_can_be_used_what_was_and_what_ran_out(person, mine, store):
    soon = collect(coupon(store, valid_days=2), mine)
    later = collect(coupon(store, valid_since=AT + DAY, valid_until=AT + 5 * DAY), mine)
    locked, used = collect(coupon(store), mine), collect(coupon(store), mine)
    Coupon.objects.filter(pk=locked).update(state="locked", purchase_id=uuid7())
    Coupon.objects.filter(pk=used).update(state="used", purchase_id=uuid7(), used_at=AT)
    collect(coupon(store), buyer())
    usable = [(soon, Standing.USABLE), (later, Standing.LATER), (locked, Standing.LOCKED)]
    assert on(person, Shelf.USABLE) == usable
    assert on(person, Shelf.USED) == [(used, Standing.USED)]
    assert on(person, Shelf.EXPIRED) == []
    assert on(person, Shelf.EXPIRED, AT + 2 * DAY) == [(soon, Standing.EXPIRED)]


def test_a_wallet_has_pages(person, mine, store):
    for _ in range(3):
        collect(coupon(store), mine)
    first = wallet(user_id=person.pk, shelf=Shelf.USABLE, at=AT, limit=2)
    second = wallet(user_id=person.pk, shelf=Shelf.USABLE, at=AT, limit=2, after=first.cursor)
    assert (len(first.coupons), len(second.coupons), second.cursor) == (2, 1, "")


def test_a_full_wallet_asks_no_more_than_a_small_one(person, mine, store, django_assert_max_num_queries):
    for _ in range(12):
        collect(coupon(store), mine)
    with django_assert_max_num_queries(2):
        wallet(user_id=person.pk, shelf=Shelf.USABLE, at=AT)
    with django_assert_max_num_queries(1):
        usable_coupons(user_id=person.pk, store_ids=[store.pk], at=AT)


def test_the_engine_reads_what_can_be_used_for_these_stores(person, mine, store):
    one = collect(coupon(store, min_spend_minor=2000, markets=["US"], stackable=True), mine)
    whole = collect(coupon(store, means="collect", amount_minor=None, percent=10, cap_minor=300), mine)
    Promotion.objects.filter(coupons=whole).update(store=None)
    collect(coupon(), mine)
    gone = collect(coupon(store), mine)
    Coupon.objects.filter(pk=gone).update(state="locked", purchase_id=uuid7())
    found = {c.id: c for c in usable_coupons(user_id=person.pk, store_ids=[store.pk], at=AT)}
    assert set(found) == {one, whole}
    ours, theirs = found[one], found[whole]
    assert (ours.store_id, ours.payer, ours.benefit) == (store.pk, Payer.STORE, Benefit(amount=Money(500, "USD")))
    assert (ours.min_spend, ours.when.markets, ours.stackable) == (Money(2000, "USD"), frozenset(["US"]), True)
    assert (ours.when.since, ours.when.until) == (AT, AT + 7 * DAY)
    assert (theirs.store_id, theirs.payer) == (None, Payer.PLATFORM)
    assert theirs.benefit == Benefit(percent=10, cap=Money(300, "USD"))


def test_a_coupon_for_some_goods_says_for_which(person, mine, store):
    thing = factories.product(store, factories.category())
    chosen = coupon(store, is_chosen=True)
    PromotionGoods.objects.create(promotion=chosen, product=thing)
    collect(chosen, mine)
    (found,) = usable_coupons(user_id=person.pk, store_ids=[store.pk], at=AT)
    assert found.scope.products == frozenset([thing.pk])


def test_a_coupon_outlives_its_promotion_but_not_its_budget(person, mine, store):
    collect(coupon(store, valid_days=9), mine)
    Promotion.objects.update(state="stopped")
    assert len(usable_coupons(user_id=person.pk, store_ids=[store.pk], at=AT + 8 * DAY)) == 1
    Promotion.objects.update(exhausted_at=AT)
    assert usable_coupons(user_id=person.pk, store_ids=[store.pk], at=AT) == ()


@pytest.mark.parametrize(
    ("means", "audience", "asked"),
    [
        ("collect", "new_buyers", Audience.NEW_BUYERS),
        ("collect", "followers", Audience.FOLLOWERS),
        ("follower", "followers", Audience.EVERYONE),
        ("collect", "everyone", Audience.EVERYONE),
    ],
)
def test_who_it_is_for_is_asked_again_where_it_was_asked_for(person, mine, store, means, audience, asked):
    made = coupon(store, means=means, audience=audience)
    Coupon.objects.create(promotion=made, buyer_id=mine, issued_at=AT, valid_since=AT, valid_until=AT + DAY)
    (found,) = usable_coupons(user_id=person.pk, store_ids=[store.pk], at=AT)
    assert found.when.audience is asked


def test_coupons_to_collect_are_listed_with_what_is_left_those_that_run_first(person, mine, store):
    soon = coupon(store, since=AT + timedelta(hours=5), total=4)
    runs = coupon(store, total=4, per_buyer=2)
    coupon(store, since=AT + 3 * DAY)
    coupon(store, state="paused")
    coupon(store, markets=["BR"])
    coupon(store, means="code", code="HIDDEN")
    coupon(factories.store(status="closed"))
    collect(runs, mine)
    found = claimable_coupons(market="US", at=AT, user_id=person.pk).coupons
    assert [one.promotion_id for one in found] == [runs.pk, soon.pk]
    first, second = found
    assert (first.left, first.owned, first.next_nth, first.is_full) == (3, 1, 2, False)
    assert first.usable_id == Coupon.objects.get().pk
    assert (second.left, second.owned) == (4, 0)


def test_a_store_and_the_platform_list_their_own(store):
    ours, other = coupon(store), coupon()
    platforms = coupon(store)
    Promotion.objects.filter(pk=platforms.pk).update(store=None)

    def listed(**where):
        return {one.promotion_id for one in claimable_coupons(market="US", at=AT, **where).coupons}

    assert listed() == {ours.pk, other.pk, platforms.pk}
    assert listed(store_id=store.pk) == {ours.pk}
    assert listed(store_id=PLATFORM) == {platforms.pk}


def test_a_list_of_coupons_is_one_statement_however_long(store, django_assert_num_queries):
    for _ in range(5):
        coupon(store, total=10)
    with django_assert_num_queries(1):
        page = claimable_coupons(market="US", at=AT, limit=3)
    assert (len(page.coupons), page.cursor) == (3, "3")
    assert len(claimable_coupons(market="US", at=AT, limit=3, after=page.cursor).coupons) == 2


def test_one_is_seen_also_when_all_are_gone(store):
    made = coupon(store, total=1)
    collect(made, buyer())
    seen = claimable_coupon(promotion_id=made.pk, at=AT)
    assert (seen.is_sold_out, seen.total) == (True, 1)
    assert claimable_coupon(promotion_id=uuid7(), at=AT) is None


def test_the_bar_of_a_limited_deal_is_true(person, mine):
    flash = deal(quantity=3, per_buyer=2)
    hold_pieces(goods_id=flash.pk, buyer_id=mine, market="US", at=AT)
    hold_pieces(goods_id=flash.pk, buyer_id=buyer(), market="US", at=AT)
    (seen,) = limited_of_product(product_id=flash.product_id, at=AT, user_id=person.pk)
    assert (seen.variant_id, seen.left, seen.quantity, seen.mine, seen.per_buyer) == (flash.variant_id, 1, 3, 1, 2)
    assert limited_of_product(product_id=flash.product_id, at=AT - DAY) == []


def test_what_is_held_is_told_until_when(person, mine):
    flash = deal(quantity=3)
    hold_pieces(goods_id=flash.pk, buyer_id=mine, pieces=2, market="US", at=AT)
    (held,) = held_pieces(user_id=person.pk, at=AT).values()
    assert (held.variant_id, held.pieces, held.until) == (flash.variant_id, 2, AT + timedelta(minutes=15))
    assert held_pieces(user_id=person.pk, at=AT + timedelta(minutes=15)) == {}


def test_many_buyers_do_not_make_a_list_longer(store, django_assert_num_queries):
    made = coupon(store)
    for one in buyers(20):
        collect(made, one)
    with django_assert_num_queries(1):
        found = claimable_coupons(market="US", at=AT).coupons
    assert [(one.promotion_id, one.owned) for one in found] == [(made.pk, 0)]
