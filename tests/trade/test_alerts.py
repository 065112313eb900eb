"""What becomes of what people wish for, from the change of the goods to the notice, through the real subscribers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.catalog.actions import restore_product, wish, withdraw_product
from caravan.catalog.models import Price, Variant
from caravan.kernel.money import Money
from caravan.people.models import Notice
from caravan.people.queries.notices import notices_of
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Promotion, PromotionGoods
from caravan.promotions.queries.prices import paid_prices
from caravan.trade.actions.alerts import look_at_wished
from tests import factories
from tests.factories import AT
from tests.search import shop

pytestmark = pytest.mark.django_db
SOON = AT + timedelta(hours=1)


@pytest.fixture
def ana():
    return factories.user("ana@example.test", country="BR", language="pt", currency="BRL")


@pytest.fixture
def lamp():
    factories.rates()
    seller = factories.user()
    made = factories.product(factories.store(seller), factories.category("lamps"), title="Lamp", price_minor=2_000)
    made.seller = seller
    return made


def put(user, product, minor=2_000, market="US", in_stock=True):
    price = Money(minor, product.currency)
    wish(user_id=user.pk, product_id=product.pk, market=market, price=price, in_stock=in_stock, at=AT)


def reprice(product, minor):
    Variant.objects.filter(product=product).update(price_minor=minor)
    shop.changed(product)
    shop.deliver()


def told(user):
    return [(row.code, row.about) for row in notices_of(user_id=user.pk).rows]


def test_a_price_that_drops_is_told_once_in_the_readers_currency_with_what_it_was(ana, lamp):
    put(ana, lamp)
    reprice(lamp, 1_500)
    ((code, about),) = told(ana)
    assert code == "price_drop"
    assert about["product"] == "Lamp"
    # 4.8 reais a dollar
    assert (about["was"], about["now"]) == (Money(9_600, "BRL"), Money(7_200, "BRL"))
    shop.changed(lamp)
    shop.deliver()
    assert len(told(ana)) == 1


def test_after_it_rose_again_the_next_drop_is_another(ana, lamp):
    put(ana, lamp)
    for minor in (1_500, 2_500, 1_900):
        reprice(lamp, minor)
    assert [about["was"].minor for _, about in told(ana)] == [12_000, 9_600]


def test_a_drop_nobody_would_notice_is_told_to_nobody(ana, lamp):
    put(ana, lamp)
    reprice(lamp, 1_990)
    assert told(ana) == []


def test_nobody_is_told_of_prices_of_what_they_did_not_wish_for(ana, lamp):
    other = factories.product(lamp.store, lamp.category)
    put(ana, other, 1_000)
    reprice(lamp, 1_500)
    assert told(ana) == []


def test_what_was_sold_out_and_comes_back_is_told_and_its_price_with_it_is_not(ana, lamp):
    put(ana, lamp, in_stock=False)
    reprice(lamp, 1_500)
    assert [code for code, _ in told(ana)] == ["back_in_stock"]


def test_what_its_seller_took_away_and_offers_again_is_back(ana, lamp):
    put(ana, lamp)
    withdraw_product(user_id=lamp.seller.pk, store=lamp.store.slug, product_id=lamp.pk, at=AT)
    shop.deliver()
    assert told(ana) == []
    restore_product(user_id=lamp.seller.pk, store=lamp.store.slug, product_id=lamp.pk, at=SOON)
    shop.deliver()
    assert [code for code, _ in told(ana)] == ["back_in_stock"]


def test_the_price_of_a_market_of_its_own_counts_for_who_wished_there(ana, lamp):
    put(ana, lamp, market="BR")
    elsewhere = factories.user()
    put(elsewhere, lamp, market="US")
    Price.objects.create(variant=lamp.variants.get(), market="BR", minor=1_000, currency="USD", since=AT)
    shop.changed(lamp)
    shop.deliver()
    assert [code for code, _ in told(ana)] == ["price_drop"]
    assert told(elsewhere) == []


def deal(lamp, **fields):
    made = Promotion.objects.create(
        store=lamp.store, kind="limited", name="Flash", state="on", currency="USD", since=SOON,
        until=SOON + timedelta(hours=2), **fields,
    )  # fmt: skip
    PromotionGoods.objects.create(promotion=made, product=lamp, percent=25)
    touch(store_ids=[lamp.store_id])
    return made


def test_a_deal_counts_from_its_first_instant_to_before_its_last(ana, lamp):
    put(ana, lamp)
    deal(lamp)
    for at, minor in ((SOON - timedelta(seconds=1), 2_000), (SOON, 1_500), (SOON + timedelta(hours=2), 2_000)):
        assert paid_prices([(lamp.pk, "US")], at)[lamp.pk, "US"].offer.price == Money(minor, "USD")
        look_at_wished(product_ids=[lamp.pk], at=at)
    assert [about["now"] for _, about in told(ana)] == [Money(7_200, "BRL")]


def test_an_offer_to_followers_is_no_drop_for_everybody(ana, lamp):
    put(ana, lamp)
    deal(lamp, audience="followers")
    look_at_wished(product_ids=[lamp.pk], at=SOON)
    assert told(ana) == []


def test_many_wishes_for_one_product_are_looked_at_in_a_few_statements(lamp, django_assert_max_num_queries):
    for _ in range(20):
        put(factories.user(), lamp)
    Variant.objects.filter(product=lamp).update(price_minor=1_000)
    with django_assert_max_num_queries(12):
        assert look_at_wished(product_ids=[lamp.pk], at=SOON) == 20
    assert Notice.objects.count() == 20
