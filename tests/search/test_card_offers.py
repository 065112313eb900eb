"""What cards say of deals, in every list: the price that is paid, what it is held against, and nothing history does not bear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from caravan.catalog.models import Price
from caravan.kernel.markets import market
from caravan.kernel.money import Money
from caravan.promotions.actions.offered import freeze_references
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Bucket, OfferedPrice
from caravan.search.queries import cards
from caravan.stores.models import Store
from tests import factories
from tests.promotions.running import deal, listed_since, running

pytestmark = pytest.mark.django_db
US, BR = market("US"), market("BR")


@pytest.fixture
def lamp():
    factories.rates()
    made = factories.product(factories.store(), factories.category("home/lamps"), title="Brass lamp", price_minor=2_000)
    listed_since(made, 200)
    return made


def begun(goods):
    freeze_references(promotion=goods.promotion, at=timezone.now())
    return goods


def card(product, seen_from=US, at=None):
    (found,) = cards([product.pk], market=seen_from, at=at or timezone.now())
    return found


def usd(minor):
    return Money(minor, "USD")


def test_a_card_without_a_deal_says_the_list_price(lamp):
    seen = card(lamp)
    assert (seen.price, seen.on_offer, seen.was, seen.percent) == (usd(2_000), False, None, 0)


def test_a_card_with_a_deal_says_what_is_paid_what_it_was_and_by_how_much_it_is_less(lamp):
    goods = begun(deal(lamp, percent=25))
    seen = card(lamp)
    assert (seen.price, seen.was, seen.percent, seen.deal_name) == (usd(1_500), usd(2_000), 25, "Flash")
    assert abs(seen.deal_until - goods.promotion.until) < timedelta(seconds=1)
    here = card(lamp, BR)
    assert (here.price, here.was) == (Money(7_200, "BRL"), Money(9_600, "BRL"))


def test_what_is_crossed_out_is_the_frozen_reference_price_and_never_more_than_the_list_price(lamp):
    goods = begun(deal(lamp, percent=25))
    OfferedPrice.objects.update(reference_minor=1_600)
    assert (card(lamp).was, card(lamp).percent) == (usd(1_600), 6)
    OfferedPrice.objects.update(reference_minor=9_000)
    assert (card(lamp).was, card(lamp).percent) == (usd(2_000), 25)
    OfferedPrice.objects.update(reference_minor=1_500)
    seen = card(lamp)
    assert (seen.price, seen.on_offer, seen.was, seen.percent) == (usd(1_500), True, None, 0)
    assert goods.promotion.name == seen.deal_name


def test_goods_too_new_for_a_comparison_have_a_deal_and_nothing_crossed_out(lamp):
    listed_since(lamp, 2)
    begun(deal(lamp, percent=25))
    seen = card(lamp)
    assert (seen.price, seen.on_offer, seen.was) == (usd(1_500), True, None)


def test_a_deal_begins_and_ends_on_cards_by_the_clock_alone(lamp):
    now = timezone.now()
    begun(deal(lamp, percent=25, since=now + timedelta(hours=1), hours=2))
    card(lamp, at=now)
    for hours, minor in ((0.5, 2_000), (1, 1_500), (1.9, 1_500), (2.1, 2_000)):
        assert card(lamp, at=now + timedelta(hours=hours)).price == usd(minor), hours


def test_no_further_statement_is_asked_when_nothing_changed(lamp, django_assert_num_queries):
    begun(deal(lamp, percent=25))
    other = factories.product(factories.store(), lamp.category)
    cards([lamp.pk, other.pk], market=US, at=timezone.now())
    with django_assert_num_queries(1):
        cards([lamp.pk, other.pk], market=US, at=timezone.now())


def test_a_card_is_the_same_object_while_all_it_says_is_the_same(lamp):
    goods = begun(deal(lamp, percent=25))
    first = card(lamp)
    assert card(lamp) is first
    running(lamp.store, "store_wide", percent=5)  # another stamp, the same price
    assert card(lamp) is first
    type(goods).objects.update(percent=50)
    touch(store_ids=[lamp.store_id])
    assert card(lamp).price == usd(1_000)


def test_a_sold_out_deal_leaves_cards_with_the_next_best_price(lamp):
    goods = begun(deal(lamp, percent=25, pieces=3))
    running(lamp.store, "store_wide", percent=10)
    assert card(lamp).price == usd(1_500)
    Bucket.objects.filter(subject_id=goods.pk).update(left=0)
    touch(store_ids=[lamp.store_id])  # whoever takes the last piece does
    assert card(lamp).price == usd(1_800)


def test_of_several_variants_the_lowest_price_counts_and_others_that_cost_more_are_said(lamp):
    large = factories.variant(lamp, price_minor=3_000)
    listed_since(lamp, 200)
    begun(deal(lamp, percent=50, variant=large))
    seen = card(lamp)
    assert (seen.price, seen.varies, seen.was) == (usd(1_500), True, usd(3_000))
    begun(deal(lamp, percent=50, variant=lamp.variants.get(price_minor=2_000)))
    seen = card(lamp)
    assert (seen.price, seen.varies, seen.was) == (usd(1_000), True, usd(2_000))


def test_a_deal_on_a_dearer_variant_makes_the_product_on_offer_and_its_price_no_other(lamp):
    large = factories.variant(lamp, price_minor=9_000)
    begun(deal(lamp, percent=10, variant=large))
    seen = card(lamp)
    assert (seen.price, seen.varies, seen.on_offer, seen.was) == (usd(2_000), True, True, None)


def test_deals_of_some_markets_or_some_people_are_not_everybodys(lamp):
    begun(deal(lamp, percent=25, markets=["BR"]))
    begun(deal(lamp, percent=40, audience="followers"))
    assert card(lamp).price == usd(2_000)
    assert card(lamp, BR).price == Money(7_200, "BRL")


def test_a_market_with_a_price_of_its_own_has_its_own_deal_price(lamp):
    variant = lamp.variants.get()
    Price.objects.create(variant=variant, market="BR", minor=3_000, currency="USD", since=timezone.now() - timedelta(days=90))
    goods = begun(deal(lamp, percent=25))
    OfferedPrice.objects.create(
        promotion=goods.promotion, variant=variant, market="BR", minor=2_250, currency="USD", reference_minor=2_500,
        since=goods.promotion.since, until=goods.promotion.until,
    )  # fmt: skip
    seen = card(lamp, BR)
    assert (seen.price, seen.was, seen.percent) == (Money(10_800, "BRL"), Money(12_000, "BRL"), 10)
    assert card(lamp).was == usd(2_000)


def test_a_store_wide_discount_is_on_the_cards_of_what_it_is_about(lamp):
    rug = factories.product(lamp.store, factories.category("rugs"), price_minor=1_000)
    running(lamp.store, "store_wide", percent=10, categories=["home"])
    assert card(lamp).price == usd(1_800)
    assert card(rug).price == usd(1_000)


def test_a_list_looks_up_its_own_stores_however_many_there_are(lamp):
    goods = [lamp, *(factories.product(factories.store(), factories.category()) for _ in range(47))]
    others = (
        Store(slug=f"other-{n}", name=f"Other {n}", country="CN", currency="USD", opened_at=factories.AT) for n in range(3_000)
    )
    Store.objects.bulk_create(others)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL random_page_cost = 4")  # as a server comes that nobody has told of its disks
        cursor.execute("ANALYZE catalog_product, catalog_version, catalog_category, stores_store")
        with CaptureQueriesContext(connection) as asked:
            assert len(cards([one.pk for one in goods], market=US, at=timezone.now())) == 48
        cursor.execute(f"EXPLAIN {asked[0]['sql'].replace('%', '%%')}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Cond: (id = p.store_id)" in plan, plan
