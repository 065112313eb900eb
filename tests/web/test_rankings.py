"""Lists as visitors read them: windows, reasons, bands, and a file to take along."""

from __future__ import annotations

import csv
import io
import re

import pytest

from caravan.kernel.ids import uuid7
from tests import factories
from tests.web.published import checked, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rates():
    factories.rates()


@pytest.fixture
def goods():
    shelf = factories.category("lamps", parent=factories.category("home"))
    store = factories.store(name="Lumen", slug="lumen")
    return [factories.product(store, shelf, title=title) for title in ("Brass", "Paper", "Glass")]


def page(client, query: str = "", status: int = 200) -> str:
    answer = client.get(f"/en-us/rankings/{query}")
    assert answer.status_code == status
    return checked(answer.content.decode())


def listed(seen: str) -> list[str]:
    return re.findall(r'class="card-title"><a href="[^"]+">([^<]+)<', seen)


def test_a_list_says_its_window_its_refresh_and_why_each_place_is_one(client, goods):
    publish("products", [(goods[1].pk, 25), (goods[0].pk, 7)])
    seen = page(client)
    assert listed(seen) == ["Paper", "Brass"]
    assert "Feb 23, 2026 – Mar 2, 2026" in seen
    assert "refreshed Mar 2, 2026, 7:05" in seen
    assert "No. 1 of 2" in seen
    assert "<dt>Buyers, 7 days</dt><dd>25</dd>" in seen
    assert "<dt>Score</dt><dd>3.00</dd>" in seen


def test_what_few_buyers_stand_behind_is_in_bands_and_cannot_be_worked_out(client, goods):
    publish("products", [(goods[0].pk, 7)])
    seen = page(client)
    assert "<dt>Buyers, 7 days</dt><dd>5–9</dd>" in seen
    assert "Score" not in seen
    assert "600%" not in seen
    assert "more than before" in seen


@pytest.mark.parametrize(("before", "told"), [(20, "25%"), (19, "more than before")])
def test_growth_is_a_number_only_where_many_bought_in_both_periods(client, goods, before, told):
    publish("products", [(goods[0].pk, 25)], before=before)
    seen = page(client)
    assert told in seen
    assert ("<dt>Score</dt>" in seen) == (before == 20)


def test_each_list_has_an_address(client, goods):
    publish("products", [(goods[0].pk, 7)], category="home/lamps", market="BR", period="30d")
    query = "?kind=products&category=home/lamps&market=BR&period=30d"
    seen = page(client, query)
    assert listed(seen) == ["Brass"]
    assert "<h1>Hot products in Lamps</h1>" in seen
    assert 'href="/en-us/rankings/?kind=stores&amp;category=home%2Flamps&amp;market=BR&amp;period=30d"' in seen
    assert '<option value="BR" selected>Brazil</option>' in seen
    assert '<option value="home/lamps" selected>' in seen


def test_this_market_is_the_visitors(client, goods):
    publish("products", [(goods[0].pk, 7)], market="US")
    assert listed(page(client, "?market=this")) == ["Brass"]
    assert listed(page(client)) == []


def test_stores_are_listed_the_same_way(client, goods):
    publish("stores", [(goods[0].store_id, 30)])
    publish("rising_stores", [(goods[0].store_id, 30)])
    assert listed(page(client, "?kind=stores")) == ["Lumen"]
    assert "beyond what chance explains" in page(client, "?kind=rising_stores")


def test_what_left_the_market_leaves_its_rank_free(client, goods):
    publish("products", [(goods[0].pk, 9), (uuid7(), 8), (goods[2].pk, 7)])
    type(goods[0]).objects.filter(pk=goods[0].pk).update(status="withdrawn")
    seen = page(client)
    assert listed(seen) == ["Glass"]
    assert "No. 3 of 3" in seen


def test_a_long_list_goes_on(client, goods):
    publish("products", [(goods[1].pk, 9), *[(uuid7(), 9)] * 19, (goods[0].pk, 3)])
    assert 'rel="next" href="/en-us/rankings/?after=20"' in page(client)
    seen = page(client, "?after=20")
    assert listed(seen) == ["Brass"]
    assert 'rel="prev" href="/en-us/rankings/"' in seen


def test_an_empty_list_says_where_to_look_instead(client, goods):
    publish("products", [(goods[0].pk, 3)])
    seen = page(client, "?category=home/lamps&period=24h")
    assert "Nobody bought anything there in this time" in seen
    assert "period=30d" in seen


def test_before_the_first_refresh_the_page_says_so(client):
    assert "The lists are being drawn up" in page(client)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?kind=users", 400), ("?period=1y", 400), ("?after=x", 400), ("?after=100", 400), ("?after=-1", 400),
        ("?category=none", 404), ("?market=XX", 404), ("?after=²", 400),
    ],
)  # fmt: skip
def test_a_mangled_address_is_refused_by_a_page(client, query, status):
    page(client, query, status)


def test_the_whole_list_is_a_file(client, goods):
    type(goods[0].version).objects.filter(pk=goods[0].version_id).update(title="=HYPERLINK(1)")
    publish("products", [(goods[0].pk, 7), (goods[1].pk, 30)])
    answer = client.get("/en-us/rankings/places.csv?period=7d")
    assert answer["content-disposition"] == 'attachment; filename="products-7d.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(r["rank"], r["name"], r["buyers"]) for r in rows] == [("1", "'=HYPERLINK(1)", "5–9"), ("2", "Paper", "30")]
    assert rows[0]["until"] == "2026-03-02T12:00:00+00:00"


@pytest.mark.parametrize(("kind", "queries"), [("products", 3), ("stores", 4)])
def test_the_page_asks_the_same_number_of_questions_however_long_the_list(client, django_assert_num_queries, kind, queries):
    shelf = factories.category()
    goods = [factories.product(factories.store(), shelf) for _ in range(15)]
    ids = [p.pk if kind == "products" else p.store_id for p in goods]
    publish(kind, [(ids[0], 5)], period="24h")
    publish(kind, [(id, 5) for id in ids], period="7d")
    page(client, f"?kind={kind}")
    for period in ("24h", "7d"):
        with django_assert_num_queries(queries):
            page(client, f"?kind={kind}&period={period}")
