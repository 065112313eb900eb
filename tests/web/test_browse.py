"""Categories and search as shoppers, crawlers and mangled links meet them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.parse import quote

import html5lib
import pytest

from caravan.catalog.models import Attribute, AttributeName, CategoryName, Translation
from caravan.reputation.models import ProductRating
from caravan.signals.actions import record as recording
from caravan.web.stylesheet import one_piece
from tests import factories
from tests.factories import AT
from tests.search import shop
from tests.web.drawing import STATIC

pytestmark = pytest.mark.django_db

PERSON = {"user-agent": "Mozilla/5.0"}


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"
    factories.rates()


@pytest.fixture
def lamps():
    return factories.category("lamps", parent=factories.category("house"))


@pytest.fixture
def store():
    return factories.store(name="Lumen & Söhne", slug="lumen")


def get(client, address, status=200):
    with shop.looking_at_once():
        answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def titles(page):
    return re.findall(r'class="card-title"><a href="[^"]+">([^<]+)<', page)


def checked(page):
    """HTML without a single parse error."""
    parser = html5lib.HTMLParser()
    parser.parse(page)
    assert not parser.errors, parser.errors[:5]
    return page


def structured(page, kind):
    blocks = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]
    return next(block for block in blocks if block["@type"] == kind)


def test_a_category_lists_its_goods_and_those_of_its_children(client, store, lamps):
    factories.product(store, lamps, title="Brass lamp")
    factories.product(store, factories.category("mugs"), title="Mug")
    shop.build()
    assert titles(checked(get(client, "/en-us/c/house/"))) == ["Brass lamp"]
    page = checked(get(client, "/en-us/c/house/lamps/"))
    assert titles(page) == ["Brass lamp"]
    assert "Lumen &amp; Söhne" in page
    assert "1 product" in page


def test_what_is_not_found_offers_a_search(client):
    get(client, "/en-us/c/no/such/", status=404)
    assert 'action="/en-us/search"' in get(client, "/en-us/no-such-page", status=404)


def test_prices_are_in_the_visitors_currency_and_titles_in_their_language(client, store, lamps):
    lamp = factories.product(store, lamps, title="Brass lamp", price_minor=1000)
    Translation.objects.create(version=lamp.version, language="pt", title="Luminária de latão")
    CategoryName.objects.create(category=lamps, language="pt", name="Luminárias")
    shop.build()
    page = get(client, "/pt-br/c/house/lamps/").replace("\xa0", " ")
    assert titles(page) == ["Luminária de latão"]
    assert "R$ 48,00" in page  # 10 USD at 1.25 and 6 to the euro
    assert "<h1>Luminárias</h1>" in page


def test_forty_eight_a_page_and_each_product_once(client, store, lamps):
    for n in range(50):
        factories.product(store, lamps, title=f"Lamp {n}")
    shop.build()
    first = checked(get(client, "/en-us/c/house/lamps/?sort=newest"))
    onward = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = checked(get(client, onward))
    assert (len(titles(first)), len(titles(second))) == (48, 2)
    assert len({*titles(first), *titles(second)}) == 50
    assert 'rel="next"' not in second
    assert "First page" in second


def test_filters_narrow_are_shown_as_chips_and_each_chip_takes_its_own_away(client, store, lamps):
    color = Attribute.objects.create(category=lamps, code="color", kind="choice", choices=["red", "blue"])
    AttributeName.objects.create(attribute=color, language="en", name="Colour")
    AttributeName.objects.create(attribute=color, value="red", language="en", name="Poppy red")
    for shade in ("red", "blue"):
        made = factories.product(store, lamps, title=f"{shade} lamp", brand=shade.title())
        made.version.attributes = [["color", shade]]
        made.version.save()
    shop.build()
    page = checked(get(client, "/en-us/c/house/lamps/"))
    assert "Colour" in page
    assert "Poppy red" in page
    page = checked(get(client, "/en-us/c/house/lamps/?a-color=red&brand=Red"))
    assert titles(page) == ["red lamp"]
    chips = {
        text: href.replace("&amp;", "&")
        for href, text in re.findall(r'class="chip" href="([^"]+)"><span class="sr">[^<]+</span>([^<]+)<', page)
    }
    assert chips == {"Red": "/en-us/c/house/lamps/?a-color=red", "Colour: Poppy red": "/en-us/c/house/lamps/?brand=Red"}


def test_stores_are_named_in_their_filter_whether_or_not_goods_of_theirs_are_on_the_page(client, store, lamps):
    factories.product(store, lamps, title="Brass lamp")
    factories.product(factories.store(name="Wick & Wax", slug="wick"), lamps, title="Candle lamp")
    shop.build()
    page = get(client, "/en-us/c/house/lamps/")
    for slug, name in (("lumen", "Lumen &amp; Söhne"), ("wick", "Wick &amp; Wax")):
        assert re.search(rf'name="store" value="{slug}"[^>]*><span class="grow">{name}<', page)
    alone = get(client, "/en-us/c/house/lamps/?store=wick")
    assert titles(alone) == ["Candle lamp"]
    assert ">Wick &amp; Wax<svg" in alone  # the chip that takes the filter away
    nothing = get(client, "/en-us/c/house/lamps/?store=wick&min=9999")
    assert titles(nothing) == []
    assert ">Wick &amp; Wax<svg" in nothing


def test_filters_that_leave_nothing_say_so_and_offer_to_start_again(client, store, lamps):
    factories.product(store, lamps)
    shop.build()
    page = checked(get(client, "/en-us/c/house/lamps/?brand=Nobody&max=1"))
    assert "Nothing has all of that" in page
    assert 'href="/en-us/c/house/lamps/"' in page


@pytest.mark.parametrize(
    ("asked", "left"), [("min=12", ["Dear"]), ("max=12", ["Cheap"]), ("max=10", ["Cheap"]), ("min=25&max=5", ["Cheap", "Dear"])]
)
def test_a_price_typed_is_in_the_visitors_currency_with_both_ends_included(client, store, lamps, asked, left):
    factories.product(store, lamps, title="Cheap", price_minor=1000)
    factories.product(store, lamps, title="Dear", price_minor=2000)
    shop.build()
    assert titles(get(client, f"/en-us/c/house/lamps/?sort=price_asc&{asked}")) == left


def test_price_bands_are_said_in_the_visitors_currency(client, store, lamps):
    factories.product(store, lamps, title="Cheap", price_minor=1000)  # 8 EUR
    factories.product(store, lamps, title="Dear", price_minor=20_000)
    shop.build()
    page = get(client, "/pt-br/c/house/lamps/").replace("\xa0", " ")
    assert "R$ 30 – R$ 60" in page
    assert titles(get(client, "/pt-br/c/house/lamps/?price=500-999")) == ["Cheap"]


def test_a_band_and_a_price_typed_both_hold_and_each_may_be_taken_away(client, store, lamps):
    for title, price in (("Cheap", 700), ("Middling", 1100), ("Dear", 20_000)):  # 5.60, 8.80 and 160 EUR
        factories.product(store, lamps, title=title, price_minor=price)
    shop.build()
    page = checked(get(client, "/en-us/c/house/lamps/?price=500-999&min=9"))
    assert titles(page) == ["Middling"]
    assert 'href="/en-us/c/house/lamps/?price=500-999"' in page
    assert 'href="/en-us/c/house/lamps/?min=9"' in page
    assert re.search(r'name="price" value="500-999" checked', page)
    assert "Nothing has all of that" in get(client, "/en-us/c/house/lamps/?price=500-999&min=100")


def test_ratings_of_so_many_stars_and_better(client, store, lamps):
    good, bad = (factories.product(store, lamps, title=title) for title in ("Good", "Bad"))
    for made, mean in ((good, 4.5), (bad, 2.1)):
        ProductRating.objects.create(product=made, ratings=2, mean=mean, bayesian=mean, refreshed_at=AT)
    shop.build()
    page = get(client, "/en-us/c/house/lamps/?rating=4")
    assert titles(page) == ["Good"]
    assert "4 stars and up" in page


def test_what_is_not_delivered_to_the_visitor_is_left_out_unless_asked_for(client, store, lamps):
    far = factories.store(ships_to=["BR"])
    factories.product(store, lamps, title="Near")
    factories.product(far, lamps, title="Far")
    shop.build()
    assert titles(get(client, "/en-us/c/house/lamps/")) == ["Near"]
    page = get(client, "/en-us/c/house/lamps/?to=any")
    assert set(titles(page)) == {"Near", "Far"}
    assert "Not delivered to United States" in page
    assert set(titles(get(client, "/en-br/c/house/lamps/"))) == {"Near", "Far"}


def test_where_nothing_is_delivered_the_rest_is_shown_and_that_is_said(client, lamps):
    factories.product(factories.store(ships_to=["BR"]), lamps, title="Far")
    shop.build()
    page = checked(get(client, "/en-us/c/house/lamps/"))
    assert titles(page) == ["Far"]
    assert "None of these is delivered to United States." in page


def test_a_misspelt_word_is_read_as_what_was_meant_and_that_is_said(client, store, lamps):
    factories.product(store, lamps, title="Wireless headphones")
    shop.build()
    page = checked(get(client, "/en-us/search?q=hedphones"))
    assert titles(page) == ["Wireless headphones"]
    assert "<strong>headphones</strong>" in page
    assert 'value="hedphones"' in page


def test_few_hits_are_widened_and_that_is_said(client, store, lamps):
    factories.product(store, lamps, title="Brass lamp")
    factories.product(store, lamps, title="Walnut lamp")
    shop.build()
    page = get(client, "/en-us/search?q=brass+walnut+lamp")
    assert len(titles(page)) == 2
    assert "carry at least" in page


def test_a_word_that_no_product_has_is_named(client, store, lamps):
    factories.product(store, lamps, title="Brass lamp")
    shop.build()
    page = checked(get(client, "/en-us/search?q=brass+lamp+xyzzyqq"))
    assert titles(page) == ["Brass lamp"]
    assert "No product mentions: xyzzyqq." in page


def test_nothing_found_helps_on(client, store, lamps):
    factories.product(store, lamps, title="Brass lamp")
    shop.build()
    page = checked(get(client, "/en-us/search?q=xyzzyqq"))
    assert "Nothing found" in page
    assert 'href="/en-us/c/house/"' in page
    assert "What others buy" in page
    assert titles(page) == ["Brass lamp"]


def test_a_search_may_stay_within_a_category(client, store, lamps):
    factories.product(store, lamps, title="Brass lamp")
    factories.product(store, factories.category("boats"), title="Brass lamp for boats")
    shop.build()
    page = get(client, "/en-us/search?q=brass+lamp&in=house/lamps")
    assert titles(page) == ["Brass lamp"]
    assert len(titles(get(client, "/en-us/search?q=brass+lamp&in=no/such"))) == 2


def test_suggestions_lead_to_searches_categories_and_goods(client, store, lamps):
    lamp = factories.product(store, lamps, title="Lampshade of linen")
    shop.build()
    page = get(client, "/en-us/search/suggest?q=lamp")
    assert 'data-url="/en-us/c/house/lamps/"' in page
    assert f'data-url="/en-us/p/{lamp.slug}/{lamp.pk}/"' in page
    assert "$10.00" in page
    assert "<html" not in page
    assert get(client, "/en-us/search/suggest?q=").strip() == ""


def test_a_search_by_a_person_is_a_signal_and_a_crawler_is_none(client, store, lamps, monkeypatch):
    noted = []
    monkeypatch.setattr(recording, "_waiting", noted)
    monkeypatch.setattr(recording, "_start_writer", lambda: None)
    factories.product(store, lamps, title="Brass lamp")
    shop.build()
    client.get("/en-us/search?q=brass", headers=PERSON)
    client.get("/en-us/search?q=brass", headers={"user-agent": "Googlebot/2.1"})
    assert [(one.kind, one.query, one.results, one.market) for one in noted] == [("search", "brass", 1, "US")]


def test_before_there_is_an_index_the_page_says_so(client, lamps):
    for address in ("/en-us/c/house/", "/en-us/search?q=lamp", "/en-us/search"):
        assert "The shelves are being set up" in checked(get(client, address))
    assert get(client, "/en-us/search/suggest?q=lamp").strip() == ""


def test_an_empty_market_says_that_nothing_is_offered_yet(client, lamps):
    shop.build()
    assert "Nothing here yet" in checked(get(client, "/en-us/c/house/"))
    checked(get(client, "/en-us/search"))


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "x" * 5_000,
        "q=%01lamp%ff%fe",
        "q=%F0%9F%92%A1+%E2%80%AE",
        "q=" + quote('" OR title:* AND (\\ <script>alert(1)</script> [a TO z] ~^*?'),
        "min=-5&max=1e999",
        "min=NaN&max=Infinity",
        "min=99999999999999999999999999999&max=0",
        "price=500-&price=-&rating=9000&sort=;drop&to=&page=999999",
        "price=0-99999999999999999999",
        "a-=1&a-color=&a-%01=x&a-" + "c" * 200 + "=1",
        "&".join(f"a-color={n}" for n in range(500)),
        "store=%01&brand=%27%3B--&in=" + "a/" * 1_000,
    ],
)
def test_absurd_addresses_are_answered_with_a_page(client, store, lamps, query):
    factories.product(store, lamps, title="Brass lamp")
    shop.build()
    checked(get(client, f"/en-us/search?{query}"))
    checked(get(client, f"/en-us/c/house/?{query}"))


@pytest.mark.parametrize("cursor", ["x", "%01", "AAAA", "é", "A" * 500, "AAAAAAAAAAAAAAAA"])
def test_a_broken_cursor_is_refused_with_a_designed_page(client, store, lamps, cursor):
    factories.product(store, lamps)
    shop.build()
    page = checked(get(client, f"/en-us/c/house/?after={cursor}", status=400))
    assert "This link does not belong to this list" in page


def test_what_is_typed_never_becomes_markup(client, store, lamps):
    factories.product(store, lamps, title="</script><script>alert(1)</script>", brand="<b>")
    shop.build()
    for address in ("/en-us/c/house/", '/en-us/search?q="><script>alert(1)</script>', "/en-us/search/suggest?q=script"):
        assert "<script>alert" not in get(client, address)


def test_a_list_tells_search_engines_what_it_is_and_filtered_ones_stay_out(client, store, lamps):
    lamp = factories.product(store, lamps, title="Brass lamp")
    shop.build()
    page = get(client, "/en-us/c/house/lamps/")
    assert "noindex" not in page
    assert '<link rel="alternate" hreflang="pt-BR"' in page
    crumbs = structured(page, "BreadcrumbList")["itemListElement"]
    assert [one["name"] for one in crumbs] == ["Home", "House", "Lamps"]
    assert structured(page, "ItemList")["itemListElement"][0]["url"].endswith(f"/en-us/p/{lamp.slug}/{lamp.pk}/")
    filtered = get(client, "/en-us/c/house/lamps/?brand=Acme&sort=newest")
    assert "noindex, follow" in filtered
    assert re.search(r'<link rel="canonical" href="[^"?]+/en-us/c/house/lamps/">', filtered)
    assert "noindex, follow" in get(client, "/en-us/search?q=lamp")


def test_something_sold_out_a_moment_ago_says_so_and_something_withdrawn_is_gone(client, store, lamps):
    sold, gone = (factories.product(store, lamps, title=title) for title in ("Sold", "Gone"))
    shop.build()
    sold.variants.update(stock=0)
    gone.status = "withdrawn"
    gone.save()
    page = get(client, "/en-us/c/house/lamps/")
    assert titles(page) == ["Sold"]
    assert "Sold out" in page


def test_the_price_is_the_one_set_for_the_visitors_market(client, store, lamps):
    lamp = factories.product(store, lamps, price_minor=1000)
    lamp.variants.get().prices.create(market="BR", minor=2000, currency="USD", since=AT - timedelta(days=1))
    shop.build()
    assert "$10.00" in get(client, "/en-us/c/house/lamps/")
    assert "R$ 96,00" in get(client, "/pt-br/c/house/lamps/").replace("\xa0", " ")


def test_a_list_costs_one_statement_however_long_it_is(client, store, lamps, django_assert_num_queries):
    def made(count):
        for _ in range(count):
            factories.product(store, lamps)
        shop.build()
        get(client, "/en-us/c/house/lamps/")

    for count in (2, 46):
        made(count)
        with django_assert_num_queries(1), shop.looking_at_once():  # the cards, and with them the names of stores in the filter
            client.get("/en-us/c/house/lamps/")
        with django_assert_num_queries(1), shop.looking_at_once():
            client.get("/en-us/search?q=thing")


def test_a_full_list_weighs_150_kb_at_most_without_pictures(client, store, lamps):
    for n in range(48):
        factories.product(store, lamps, title=f"A lamp with a title of the usual length for such a thing, number {n}")
    shop.build()
    page = get(client, "/en-us/c/house/lamps/")
    scripts = re.findall(r'<script[^>]+src="/static/([^"]+)"', page)
    weight = len(page.encode()) + len(one_piece(STATIC / "css" / "caravan.css").encode())
    weight += sum((STATIC / name).stat().st_size for name in scripts) + (STATIC / "icons.svg").stat().st_size
    assert weight <= 150_000
