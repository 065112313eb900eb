"""The product page as buyers and crawlers meet it."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from caravan.catalog.models import Attribute, Price, Translation, Version
from caravan.insight.models import ProductSales
from caravan.kernel.ids import uuid7
from caravan.reputation.actions import refresh_all
from caravan.signals.actions import record as recording
from tests import factories
from tests.factories import AT
from tests.reputation.bought import buyer, line
from tests.reputation.test_refresh import given
from tests.web.published import checked, publish

pytestmark = pytest.mark.django_db
PERSON = {"user-agent": "Mozilla/5.0"}


@pytest.fixture(autouse=True)
def rates():
    factories.rates()


@pytest.fixture
def store():
    return factories.store(name="Lumen & Söhne", slug="lumen", country="PL", currency="PLN")


@pytest.fixture
def lamp(store):
    shelf = factories.category("lamps", parent=factories.category("home"))
    Attribute.objects.create(category=shelf, code="color", kind="choice", choices=["red", "blue"], is_option=True)
    made = factories.product(store, shelf, title="Brass <lamp>", price_minor=20_000, slug="brass-lamp", weight_grams=900)
    made.variants.update(options=[["color", "red"], ["size", "S"]], stock=3, sku="red-s")
    factories.variant(made, price_minor=24_000, stock=0, options=[["color", "red"], ["size", "L"]], sku="red-l", position=1)
    factories.variant(made, price_minor=30_000, stock=50, options=[["color", "blue"], ["size", "L"]], sku="blue-l", position=2)
    return made


def address(product, market: str = "pt-br", query: str = "", slug: str = "") -> str:
    return f"/{market}/p/{slug or product.slug}/{product.pk}/{query}"


def page(client, product, market: str = "pt-br", query: str = "", status: int = 200) -> str:
    answer = client.get(address(product, market, query), headers=PERSON)
    assert answer.status_code == status
    return checked(answer.content.decode())


def structured(text: str) -> list[dict[str, object]]:
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)]


def test_the_price_is_in_the_visitors_currency_and_says_how_it_came_about(client, lamp):
    seen = page(client, lamp, "en-br")
    assert "R$300.00" in seen  # 200 zł at 1.5
    assert "the store&#39;s price: PLN200.00" in seen.replace("\xa0", "")
    assert "1 PLN = 1.5 BRL (ECB, Mar 2, 2026)" in seen
    assert "Brass &lt;lamp&gt;" in seen


def test_a_price_without_a_rate_stays_in_the_stores_currency(client, lamp):
    assert "PLN200.00" in page(client, lamp, "en-ve").replace("\xa0", "")


def test_the_first_variant_that_can_be_bought_is_shown(client, lamp):
    seen = page(client, lamp, "en-us")
    assert "Only 3 left" in seen
    assert f'name="variant" value="{lamp.variants.get(sku="red-s").pk}"' in seen


def test_options_choose_a_variant_without_scripts(client, lamp):
    seen = page(client, lamp, "en-br", "?option-color=blue&option-size=L")
    assert "R$450.00" in seen
    assert 'value="blue" checked' in seen
    assert "nearest" not in seen


def test_a_combination_there_is_none_of_shows_the_nearest_and_says_so(client, lamp):
    seen = page(client, lamp, "en-us", "?option-color=blue&option-size=S")
    assert "This is the nearest to it." in seen


def test_a_sold_out_variant_can_be_looked_at_and_not_bought(client, lamp):
    seen = page(client, lamp, "en-us", "?option-color=red&option-size=L")
    assert "Sold out at the moment" in seen
    assert "Add to cart" not in seen
    assert structured(seen)[0]["offers"]["availability"] == "https://schema.org/OutOfStock"


@pytest.mark.parametrize("query", ["?option-color=green&option-none=1", "?words=x", "?color=red"])
def test_options_there_are_none_of_are_passed_over(client, lamp, query):
    assert "Only 3 left" in page(client, lamp, "en-us", query)


@pytest.mark.parametrize("query", ["?stars=6", "?stars=x", "?after=x", "?after=2026-01-01~x"])
def test_a_mangled_address_is_refused_by_a_page(client, lamp, query):
    assert "could not be read" in page(client, lamp, "en-us", query, status=400)


def test_delivery_is_told_by_day_and_cost(client, lamp):
    seen = page(client, lamp, "en-pl")
    assert "in Poland" in seen
    assert "Shipping PLN" in seen


def test_a_store_that_does_not_ship_here_says_so_and_sells_nothing(client, lamp, store):
    type(store).objects.update(ships_to=["PL"])
    seen = page(client, lamp, "en-br")
    assert "does not ship to Brazil" in seen
    assert "Add to cart" not in seen
    assert "Add to cart" in page(client, lamp, "en-pl")


def test_another_slug_leads_to_the_address_of_the_page(client, lamp):
    answer = client.get(address(lamp, query="?option-color=blue", slug="cheap-lamp"))
    assert (answer.status_code, answer["location"]) == (301, address(lamp, query="?option-color=blue"))


def test_what_was_never_listed_is_not_found(client, lamp):
    type(lamp).objects.update(status="draft")
    assert client.get(address(lamp)).status_code == 404
    assert client.get(f"/en-us/p/x/{uuid7()}/").status_code == 404


def test_a_withdrawn_product_says_so_and_leads_on(client, lamp, store):
    other = factories.product(store, lamp.category, title="Paper lamp")
    publish("products", [(lamp.pk, 9), (other.pk, 5)], category="home/lamps", period="30d")
    type(lamp).objects.filter(pk=lamp.pk).update(status="withdrawn")
    seen = page(client, lamp, "en-us", status=410)
    assert "No longer sold" in seen
    assert "Paper lamp" in seen
    assert "noindex" in seen


def test_goods_of_a_closed_store_are_gone_too(client, lamp, store):
    type(store).objects.update(status="suspended")
    assert "is not open at the moment" in page(client, lamp, "en-us", status=410)


def test_the_words_are_the_visitors_and_the_original_is_a_click_away(client, lamp):
    Translation.objects.create(version=lamp.version, language="pt", title="Abajur de latão", description="Bonito")
    seen = page(client, lamp, "pt-br")
    assert "Abajur de latão" in seen
    assert f'href="{address(lamp)}?words=original"' in seen
    original = page(client, lamp, "pt-br", "?words=original")
    assert '<h1 lang="en">Brass &lt;lamp&gt;</h1>' in original
    assert '<h1 lang="en">' in page(client, lamp, "ru-ru")


def test_ratings_are_drawn_with_their_doubt_and_can_be_filtered(client, lamp):
    for stars, days in ((5, 0), (5, 1), (2, 2)):
        given(lamp, stars, days=days)
    refresh_all(at=timezone.now())
    seen = page(client, lamp, "en-us")
    assert "3 ratings" in seen
    assert "67%" in seen
    assert "with the doubt few ratings leave" in seen
    assert f'href="{address(lamp, "en-us")}?stars=5#reviews"' in seen
    assert seen.count('class="review"') == 3
    assert page(client, lamp, "en-us", "?stars=2").count('class="review"') == 1
    assert "None with so many stars" in page(client, lamp, "en-us", "?stars=4")


def test_feedback_on_an_earlier_version_is_marked(client, lamp):
    given(lamp, 5)
    assert "About an earlier version" not in page(client, lamp, "en-us")
    lamp.version = Version.objects.create(product=lamp, number=2, language="en", title="Another", category=lamp.category)
    lamp.save()
    assert "About an earlier version" in page(client, lamp, "en-us")


def test_feedback_goes_on_behind_the_first_page(client, lamp):
    for n in range(10):
        given(lamp, 5, days=-n)
    first = page(client, lamp, "en-us")
    after = re.search(r'\?(after=[^#"]+)#reviews', first)
    assert after
    assert page(client, lamp, "en-us", f"?{after[1]}").count('class="review"') == 2


def test_buyers_are_told_in_bands_and_the_place_with_its_list(client, lamp, store):
    ProductSales.objects.create(product=lamp, store=store, units_total=9, buyers_total=7, buyers_30d=7)
    publish("products", [(uuid7(), 9), (lamp.pk, 7)], category="home/lamps")
    seen = page(client, lamp, "en-us")
    assert "5–9 buyers" in seen
    assert "No. 2 in Lamps this week" in seen
    assert 'href="/en-us/rankings/?category=home/lamps"' in seen


def test_what_it_has_cost_stands_there_with_the_lowest_of_thirty_days(client, lamp):
    variant, now = lamp.variants.get(sku="red-s"), timezone.now()
    Price.objects.filter(variant=variant).update(since=now - timedelta(days=5))
    for start, end, minor in ((200, 100, 9_900), (50, 20, 15_000), (20, 5, 18_000)):
        Price.objects.create(
            variant=variant, minor=minor, currency="PLN", since=now - timedelta(days=start), until=now - timedelta(days=end)
        )
    seen = page(client, lamp, "en-pl")
    table = seen[seen.index("Price history of what is chosen") :]
    assert [t for t in ("200.00", "180.00", "150.00", "99.00") if t in table[: table.index("</table>")]] == [
        "200.00",
        "180.00",
        "150.00",
    ]
    assert re.search(r"Lowest price of the last 30 days: [^<]*150\.00", seen)


def test_a_price_set_for_the_visitors_country_is_the_one_shown(client, lamp):
    variant = lamp.variants.get(sku="red-s")
    Price.objects.create(variant=variant, market="BR", minor=10_000, currency="PLN", since=AT)
    assert "R$150.00" in page(client, lamp, "en-br")
    assert "R$150.00" not in page(client, lamp, "en-us")


def test_search_engines_read_the_offer_and_the_way_to_it(client, lamp):
    given(lamp, 4)
    refresh_all(at=timezone.now())
    product, crumbs = structured(page(client, lamp, "en-br"))
    assert (product["@type"], product["name"], product["sku"]) == ("Product", "Brass <lamp>", "red-s")
    assert (product["offers"]["price"], product["offers"]["priceCurrency"]) == ("300.00", "BRL")
    assert product["aggregateRating"]["ratingValue"] == "4.00"
    assert [c["name"] for c in crumbs["itemListElement"]] == ["Home", "Home", "Lamps", "Brass <lamp>"]
    seen = page(client, lamp, "en-br", "?stars=4")
    assert re.search(rf'<link rel="canonical" href="[^"?]*{address(lamp, "en-br")}">', seen)
    assert 'hreflang="pt-BR"' in seen


def test_a_view_is_noted_of_people_and_not_of_crawlers(client, lamp, monkeypatch):
    waiting: list[object] = []
    monkeypatch.setattr(recording, "_waiting", waiting)
    monkeypatch.setattr(recording, "_start_writer", lambda: None)
    monkeypatch.setattr(recording, "flush", lambda: 0)  # a writer that an earlier test started takes nothing from here
    page(client, lamp)
    client.get(address(lamp), headers={"user-agent": "Googlebot"})
    [noted] = waiting
    assert (noted.kind, noted.product_id, noted.store_id, noted.category_path) == ("view", lamp.pk, lamp.store_id, "home/lamps")


def test_more_of_the_store_is_shown(client, lamp, store):
    factories.product(store, lamp.category, title="Paper lamp")
    seen = page(client, lamp, "en-us")
    assert "More from this store" in seen
    assert seen.count('class="card"') == 1


def test_the_page_asks_the_same_number_of_questions_whatever_it_shows(client, lamp, store, django_assert_num_queries):
    factories.product(store, lamp.category)
    page(client, lamp)
    with django_assert_num_queries(8):
        page(client, lamp)
    for n in range(12):
        factories.product(store, lamp.category, title=f"Lamp {n}")
        given(lamp, 5, days=-n)
        factories.variant(lamp, options=[["color", "red"], ["size", str(n)]])
    line(lamp, buyer())
    with django_assert_num_queries(8):
        page(client, lamp)
