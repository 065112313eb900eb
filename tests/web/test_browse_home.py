"""The home page: what is hot here, who sells best, what is new; and a market on its first day."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from caravan.insight.models import ProductSales, Ranking, Refresh, StoreVolume
from caravan.reputation.models import StoreCredit
from tests import factories
from tests.factories import AT
from tests.search import shop
from tests.web.test_browse import checked, get, structured, titles

pytestmark = pytest.mark.django_db

FIGURES = (9, 9.0, 3.0, 9.0, 0.5, 0.5, 1.0, 9, 90_00, 0, 9, 9, 4.5, 3)


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"
    factories.rates()


@pytest.fixture
def store():
    return factories.store(name="Lumen", slug="lumen")


@pytest.fixture
def goods(store):
    lamps = factories.category("lamps")
    made = [factories.product(store, lamps, title=f"Lamp {n}", published_at=AT + timedelta(hours=n)) for n in range(5)]
    shop.build()
    return made


def publish(kind, subjects, market="US", period="7d"):
    Refresh.objects.update_or_create(pk=1, defaults={"as_of": AT, "refreshed_at": AT})
    places = msgspec.json.encode([(one.pk, 1.0, FIGURES) for one in subjects]).decode()
    Ranking.objects.create(kind=kind, market=market, period=period, places=places, digest=b"0" * 16)


def strip(page, heading):
    return page.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0]


def test_hot_goods_stand_in_the_order_of_their_ranks_with_window_and_refresh_time(client, goods):
    publish("products", reversed(goods))
    page = checked(get(client, "/en-us/"))
    hot = strip(page, "Hot right now")
    assert titles(hot) == [f"Lamp {n}" for n in (4, 3, 2, 1, 0)]
    assert "United States, last 7 days" in hot
    assert "refreshed Mar 2, 2026" in hot
    assert '<span class="sr">Rank </span>1<' in hot


def test_where_a_market_has_no_list_of_its_own_that_of_all_is_shown_and_said(client, goods):
    publish("products", goods, market="", period="30d")
    assert "all countries, last 30 days" in strip(get(client, "/en-us/"), "Hot right now")


def test_a_longer_window_stands_in_for_one_with_too_little_in_it(client, goods):
    publish("products", goods[:1], period="24h")
    publish("products", goods, period="30d")
    assert "last 30 days" in strip(get(client, "/en-us/"), "Hot right now")


def test_what_is_hot_is_not_said_again_under_rising(client, goods):
    publish("products", goods[:4])
    publish("rising_products", goods)
    assert titles(strip(get(client, "/en-us/"), "Rising")) == ["Lamp 4"]


def test_goods_withdrawn_since_the_refresh_are_left_out(client, goods):
    publish("products", goods)
    goods[0].status = "withdrawn"
    goods[0].save()
    assert "Lamp 0" not in titles(strip(get(client, "/en-us/"), "Hot right now"))


def test_the_best_stores_stand_with_their_credit_and_volume_and_closed_ones_do_not(client, store, goods):
    closed = factories.store(name="Gone", status="closed")
    StoreCredit.objects.create(store=store, points=600, positive_rate=0.98, positive_rate_low=0.95, refreshed_at=AT)
    StoreVolume.objects.create(
        store=store, orders_30d=30, units_30d=30, buyers_30d=30, paid_eur_minor_30d=1, orders_90d=1_234, units_90d=90,
        buyers_90d=90, paid_eur_minor_90d=1, daily_orders=[0] * 90,
    )  # fmt: skip
    publish("stores", [closed, store])
    stores = strip(checked(get(client, "/en-us/")), "Best-selling stores")
    assert "Lumen" in stores
    assert "98.0% positive" in stores
    assert "1.2K orders in 90 days" in stores
    assert "Gone" not in stores


def test_the_newest_goods_come_first(client, goods):
    assert titles(strip(get(client, "/en-us/"), "Newest")) == [f"Lamp {n}" for n in (4, 3, 2, 1, 0)]


def test_few_buyers_are_told_as_a_range(client, store, goods):
    for product, buyers in ((goods[0], 3), (goods[1], 1_500)):
        ProductSales.objects.create(product=product, store=store, units_total=9, buyers_total=buyers, buyers_30d=3)
    page = get(client, "/en-us/")
    assert "1–4 buyers" in page
    assert "1.5K buyers" in page


def test_a_market_on_its_first_day_invites_to_sell(client):
    page = checked(get(client, "/en-us/"))
    assert "No goods yet" in page
    assert "/en-us/sell" in page or "Open a store" in page
    assert "Hot right now" not in page


def test_search_engines_learn_how_to_search(client):
    site = structured(get(client, "/pt-br/"), "WebSite")
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("/pt-br/search?q={search_term_string}")


def test_the_page_costs_the_same_however_much_is_on_it(client, store, goods, django_assert_num_queries):
    for kind in ("products", "rising_products", "stores"):
        publish(kind, [store] * 4 if kind == "stores" else goods, period="24h")
    get(client, "/en-us/")
    with django_assert_num_queries(8):  # three lists, what is on offer, the cards, and stores, credit and volume
        client.get("/en-us/")
