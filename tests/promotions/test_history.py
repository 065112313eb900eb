from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.catalog.models import Price
from caravan.kernel.money import Money
from caravan.promotions.actions.offered import freeze_references
from caravan.promotions.models import OfferedPrice, Promotion
from caravan.promotions.queries.history import past_and_stamps, past_prices, price_steps, reference_prices, references
from caravan.promotions.rules.reference import is_lowest
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def day(n: float):
    return AT + timedelta(days=n)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


@pytest.fixture
def lamp():
    """A variant listed for a year at 20.00, in Brazil at 15.00 since ten days."""
    variant = factories.product(factories.store(), factories.category(), price_minor=2000).variants.get()
    Price.objects.filter(variant=variant).update(since=day(-365))
    Price.objects.create(variant=variant, market="BR", minor=1500, currency="USD", since=day(-10))
    return variant


def offered(variant, minor, since, until, *, market="", **fields):
    promotion = Promotion.objects.create(
        **{"store": variant.product.store, "kind": "limited", "name": "Flash", "currency": "USD", **fields},
        since=day(since),
        until=day(until),
    )
    return OfferedPrice.objects.create(
        promotion=promotion,
        variant=variant,
        market=market,
        minor=minor,
        currency="USD",
        since=day(since),
        until=day(until),
    )


def test_the_reference_price_is_the_lowest_of_list_and_offers_per_market(lamp):
    offered(lamp, 1800, -20, -15)
    assert reference_prices([lamp.pk], "US", AT)[lamp.pk].price == usd(1800)
    assert reference_prices([lamp.pk], "BR", AT)[lamp.pk].price == usd(1500)
    assert reference_prices([lamp.pk], "US", day(20))[lamp.pk].price == usd(2000)


def test_a_deal_is_not_held_against_itself(lamp):
    offered(lamp, 1000, 0, 10)
    assert reference_prices([lamp.pk], "US", AT)[lamp.pk].price == usd(2000)


def test_each_deal_has_its_own_thirty_days(lamp):
    other = factories.variant(lamp.product, price_minor=900)
    Price.objects.filter(variant=other).update(since=day(-60))
    offered(other, 700, -25, -24)
    found = references({lamp.pk: day(0), other.pk: day(10)}, "US")
    assert {id: lowest.price for id, lowest in found.items()} == {lamp.pk: usd(2000), other.pk: usd(900)}


def test_prices_for_people_a_store_chose_are_not_what_the_market_met(lamp):
    offered(lamp, 1000, -20, -15, audience="new_buyers")
    offered(lamp, 1700, -20, -15, audience="followers")
    assert reference_prices([lamp.pk], "US", AT)[lamp.pk].price == usd(1700)


def test_what_is_listed_since_today_has_no_reference_price():
    variant = factories.product(factories.store(), factories.category()).variants.get()
    assert reference_prices([variant.pk], "US", AT) == {}


def test_references_of_many_variants_are_one_statement(lamp, django_assert_num_queries):
    other = factories.variant(lamp.product)
    with django_assert_num_queries(1):
        reference_prices([lamp.pk, other.pk], "US", AT)
    with django_assert_num_queries(0):
        assert references({}, "US") == {}


def test_the_chart_agrees_with_the_table_of_prices(lamp):
    offered(lamp, 1800, -20, -15)
    found = [(step.since, step.until, step.listed, step.offered) for step in price_steps(lamp.pk, "US", AT, days=30)]
    assert found == [
        (day(-30), day(-20), usd(2000), None),
        (day(-20), day(-15), usd(2000), usd(1800)),
        (day(-15), day(0), usd(2000), None),
    ]
    stored = {row.minor for row in Price.objects.filter(variant=lamp, market="")} | {
        row.minor for row in OfferedPrice.objects.filter(variant=lamp)
    }
    assert {price.minor for _, _, *prices in found for price in prices if price} == stored


def test_the_badge_of_a_lowest_price(lamp):
    def has_it(market, **days):
        past, _ = past_and_stamps(lamp.pk, lamp.product.store_id, market, AT)
        return is_lowest(usd(1800), past, AT, **days)

    offered(lamp, 1800, -1, 9)
    assert has_it("US")
    assert not has_it("BR")
    offered(lamp, 1799, -80, -79)
    assert not has_it("US")
    assert has_it("US", days=30)


def test_past_prices_are_those_of_all_markets(lamp):
    assert {(p.market, p.price.minor) for p in past_prices([lamp.pk], day(-30), AT)[lamp.pk]} == {("", 2000), ("BR", 1500)}


def test_a_reference_price_is_frozen_when_the_promotion_begins_and_not_when_it_was_set_up(lamp):
    """Between the two another deal ran: what is announced is held against that, too."""
    row = offered(lamp, 1_400, 0, 5)
    row.reference_minor = 2_000
    row.save()
    offered(lamp, 1_600, -8, -6)
    freeze_references(promotion=row.promotion, at=day(0))
    row.refresh_from_db()
    assert row.reference_minor == reference_prices([lamp.pk], "", day(0))[lamp.pk].price.minor == 1_600


def test_goods_too_young_for_a_reference_have_none_frozen(lamp):
    Price.objects.filter(variant=lamp).update(since=day(-2))
    row = offered(lamp, 1_400, 0, 5)
    freeze_references(promotion=row.promotion, at=day(0))
    row.refresh_from_db()
    assert row.reference_minor is None
