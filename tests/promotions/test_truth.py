"""A fake discount does not start, and what history does not bear is not said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.catalog.models import Price
from caravan.kernel.errors import Invalid
from caravan.promotions.actions.starting import start_promotion
from caravan.promotions.models import OfferedPrice, Promotion
from caravan.promotions.queries.checks import checked
from caravan.promotions.queries.owners import owner_for
from caravan.promotions.rules.drafts import BundleGoods
from tests import factories
from tests.factories import AT
from tests.promotions.selling import aged, seller, sold_at, usd

pytestmark = pytest.mark.django_db


def day(n: float):
    return AT + timedelta(days=n)


@pytest.fixture
def shop():
    return seller()


def refusals(shop, draft, at=AT) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        shop.save(draft, at)
    return refused.value.fields


def test_a_price_the_goods_had_three_weeks_ago_is_no_discount_and_the_days_are_named(shop):
    sold_at(shop.lamp, 1500, since=-21, until=-18)
    said = refusals(shop, shop.limited(shop.deal(price=usd(1500))))["goods.0"]
    assert "“Lamp”" in said
    assert "cost $15.00 from February 9, 2026 to February 12, 2026" in said
    assert "ask less, or begin thirty days later" in said
    shop.save(shop.limited(shop.deal(price=usd(1499))))


def test_a_month_later_it_is_one_again(shop):
    sold_at(shop.lamp, 1500, since=-21, until=-18)
    later = {"since": day(13), "until": day(20)}
    shop.save(shop.limited(shop.deal(price=usd(1500)), **later))


def test_a_price_raised_for_the_sale_does_not_bear_it(shop):
    Price.objects.filter(variant=shop.lamp).update(until=day(-2))
    Price.objects.create(variant=shop.lamp, minor=4000, currency="USD", since=day(-2))
    shop.lamp.price_minor = 4000
    shop.lamp.save()
    assert "cost $20.00" in refusals(shop, shop.limited(shop.deal(price=None, percent=50)))["goods.0"]
    found = checked(owner_for(**shop.who), shop.limited(shop.deal(price=None, percent=55)), AT)
    [one] = found.announcements
    assert (one.price, one.listed, one.said.was, one.said.percent) == (usd(1800), usd(4000), usd(2000), 10)
    assert one.is_corrected


def test_the_same_deal_twice_in_a_row_is_none_the_second_time(shop):
    shop.start(shop.limited(shop.deal(price=usd(1500))))
    again = shop.limited(shop.deal(price=usd(1500)), since=day(8), until=day(12))
    assert "cost $15.00 from March 2, 2026 to March 9, 2026" in refusals(shop, again, day(7))["goods.0"]


def test_goods_of_yesterday_have_no_price_to_be_lower_than(shop):
    new = aged(factories.product(shop.store, shop.lamp.product.category, title="Vase"), days=1).variants.get()
    assert "too few days" in refusals(shop, shop.limited(shop.deal(new, price=usd(500))))["goods.0"]
    shop.save(shop.limited(shop.deal(new, price=usd(500)), since=day(6), until=day(9)))


def test_a_price_above_the_list_price_is_no_deal(shop):
    assert "no less than what “Lamp”" in refusals(shop, shop.limited(shop.deal(price=usd(2000))))["goods.0"]


def test_a_market_with_a_lower_price_of_its_own_is_looked_at_by_itself(shop):
    Price.objects.create(variant=shop.lamp, market="BR", minor=1400, currency="USD", since=day(-300))
    assert "costs anyway: $14.00" in refusals(shop, shop.limited(shop.deal(price=usd(1500))))["goods.0"]
    shop.save(shop.limited(shop.deal(price=usd(1500)), markets=("US", "PL")))
    shop.save(shop.limited(shop.deal(price=None, percent=20)))


def test_a_market_that_had_a_lower_price_until_last_week_counts_it(shop):
    Price.objects.create(variant=shop.lamp, market="BR", minor=1400, currency="USD", since=day(-300), until=day(-7))
    assert "cost $14.00" in refusals(shop, shop.limited(shop.deal(price=usd(1500))))["goods.0"]


def test_a_store_wide_discount_says_nothing_of_goods_that_were_as_cheap(shop):
    sold_at(shop.lamp, 1700, since=-10, until=-8)
    found = checked(owner_for(**shop.who), shop.store_wide(15), AT)
    assert found.refusals == ()
    said = {one.title: one.said and (one.said.was.minor, one.said.percent) for one in found.announcements}
    assert said == {"Lamp": None, "Rug": (5000, 15)}


def test_a_store_wide_discount_that_is_one_for_nothing_is_refused(shop):
    sold_at(shop.lamp, 1700, since=-10, until=-8)
    sold_at(shop.rug, 4000, since=-10, until=-8)
    assert "cost $17.00" in refusals(shop, shop.store_wide(15))["percent"]


def test_a_bundle_is_held_against_what_its_goods_cost_in_the_month_before(shop):
    sold_at(shop.rug, 3500, since=-10, until=-8)
    assert "could be had for $55.00" in refusals(shop, shop.bundle(price=usd(5500)))["price"]
    shop.save(shop.bundle(price=usd(5499)))
    lamps = (BundleGoods(product_id=shop.lamp.product_id, each=2),)
    shop.save(shop.bundle(goods=lamps, price=usd(3999)))


def test_history_that_changed_between_writing_and_starting_is_looked_at_again(shop):
    made = shop.save(shop.limited(shop.deal(price=usd(1500))))
    earlier = Promotion.objects.create(
        store=shop.store, kind="limited", name="Flash", currency="USD", since=day(-3), until=day(-2), state="stopped"
    )
    OfferedPrice.objects.create(
        promotion=earlier, variant=shop.lamp, minor=1200, currency="USD", since=day(-3), until=day(-2)
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        start_promotion(**shop.who, promotion_id=made, at=AT)
    assert "cost $12.00" in refused.value.fields["goods.0"]
    assert Promotion.objects.get(pk=made).state == "draft"
