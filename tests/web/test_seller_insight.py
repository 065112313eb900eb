"""The seller's own figures: today, the market around the store, the way from looking to buying."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from caravan.insight.models import ProductSales, StoreFunnel, StoreVolume
from caravan.trade.models import Order
from tests import factories
from tests.reputation.bought import buyer, line
from tests.reputation.test_refresh import given
from tests.web.published import checked, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(client):
    factories.rates()
    owner = factories.user()
    client.force_login(owner)
    return factories.store(owner, slug="lumen", name="Lumen", currency="PLN")


@pytest.fixture
def shelf():
    return factories.category("lamps", parent=factories.category("home"))


def page(client, path: str = "", status: int = 200) -> str:
    answer = client.get(f"/en-us/seller/lumen{path}")
    assert answer.status_code == status
    return checked(answer.content.decode())


def test_the_first_page_of_a_new_store_says_what_to_do(client, store):
    seen = page(client)
    assert "List your first product" in seen
    assert "Nothing sold in the last 30 days yet" in seen


def test_today_stands_beside_yesterday_in_the_stores_money(client, store, shelf):
    product, now = factories.product(store, shelf), timezone.now()
    for _ in range(2):
        line(product, buyer(), received=None, paid=now)
    line(product, buyer(), received=None, paid=now - timedelta(days=1, minutes=1))
    seen = page(client)
    if now.hour or now.minute > 1:  # a minute past midnight yesterday's order is of the day before
        assert "100%" in seen
    assert "PLN160.00" in seen.replace("\xa0", "")  # 40 euros


def test_what_waits_is_counted_and_led_to(client, store, shelf):
    product = factories.product(store, shelf, stock=2)
    factories.product(store, shelf, stock=0)
    line(product, buyer(), received=None)
    given(product, 1)
    seen = page(client)
    assert "Ship 1 order" in seen
    assert "1 variant is nearly sold out" in seen
    assert "1 variant is sold out" in seen
    assert "Answer 1 poor rating" in seen


def test_best_sellers_and_the_line_of_days_are_shown_exactly_to_the_owner(client, store, shelf):
    product = factories.product(store, shelf, title="Brass lamp")
    ProductSales.objects.create(product=product, store=store, units_total=3, buyers_total=3, buyers_30d=3)
    StoreVolume.objects.create(
        store=store, orders_30d=3, units_30d=3, buyers_30d=3, paid_eur_minor_30d=1, orders_90d=4, units_90d=4, buyers_90d=4,
        paid_eur_minor_90d=1, daily_orders=[0] * 89 + [4],
    )  # fmt: skip
    seen = page(client)
    assert "Brass lamp" in seen
    assert 'class="spark' in seen
    assert "1–4" not in page(client, "/insight")


def test_the_market_is_told_from_where_the_store_stands(client, store, shelf):
    mine = factories.product(store, shelf, title="Mine")
    rival = factories.product(factories.store(), shelf, title="Rival")
    publish("products", [(rival.pk, 40), (mine.pk, 25)], category="home/lamps")
    publish("rising_products", [(mine.pk, 25)], category="home/lamps")
    publish("products", [(rival.pk, 40), (mine.pk, 25)])
    seen = page(client, "/insight")
    assert "What sells in Lamps" in seen
    assert seen.index("Rival") > seen.index("Where your goods stand")
    assert "2 of 2" in seen
    assert "Rising products, Lamps" in seen
    assert 'href="/en-us/rankings/?kind=rising_products&amp;category=home%2Flamps"' in seen
    assert "None of your goods stands in a list" in page(client, "/insight?period=24h")


def test_the_way_to_an_order_is_drawn(client, store):
    assert "Nobody has come by in two weeks" in page(client, "/insight")
    StoreFunnel.objects.create(
        store=store, views=300, visitors=200, clicks=90, carts=20, orders=10, buyers=9, views_before=150, visitors_before=100,
        clicks_before=90, carts_before=0, orders_before=20, buyers_before=20,
    )  # fmt: skip
    seen = page(client, "/insight")
    assert "20 · 10.0%" in seen
    assert "none before" in seen
    assert "as before" in seen


@pytest.mark.parametrize("query", ["?period=1y", "?category=none"])
def test_a_mangled_address_is_refused_by_a_page(client, store, query):
    page(client, f"/insight{query}", 400)


@pytest.mark.parametrize(("path", "queries"), [("", 12), ("/insight", 14)])
def test_the_pages_ask_the_same_number_of_questions_however_much_is_sold(
    client, store, shelf, django_assert_num_queries, path, queries
):
    goods = [factories.product(store, shelf) for _ in range(12)]
    publish("products", [(goods[0].pk, 30)], category="home/lamps")
    publish("rising_products", [(goods[0].pk, 30)], category="home/lamps")
    ProductSales.objects.create(product=goods[0], store=store, units_total=3, buyers_total=3, buyers_30d=3)
    page(client, path)
    with django_assert_num_queries(queries):
        page(client, path)
    publish("products", [(p.pk, 30) for p in goods], category="home")
    ProductSales.objects.bulk_create(
        ProductSales(product=p, store=store, units_total=3, buyers_total=3, buyers_30d=2) for p in goods[1:]
    )
    for p in goods:
        line(p, buyer(), received=None)
    Order.objects.update(placed_at=timezone.now(), paid_at=timezone.now())
    with django_assert_num_queries(queries):
        page(client, path)
