"""What crawlers are told: robots, and sitemaps that name every page in each market."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from caravan.web.alternates import PREFIXES
from caravan.web.seo import sitemaps
from tests import factories

pytestmark = pytest.mark.django_db

S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(b"".join(answer.streaming_content))  # noqa: S314 - our own


def locations(tree):
    return [loc.text for loc in tree.iter(f"{S}loc")]


@pytest.fixture
def goods():
    store, lamps = factories.store(slug="lumen"), factories.category("lamps")
    return [factories.product(store, lamps) for _ in range(5)]


def test_robots_keep_out_of_what_is_private_and_find_the_sitemap(client, settings):
    settings.SITE_URL = "https://market.example"
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /pt-br/checkout\n" in text
    assert "Sitemap: https://market.example/sitemap.xml" in text
    assert "*-*" not in text


def test_the_index_leads_to_every_product_of_every_market_once(client, goods, monkeypatch, settings):
    settings.SITE_URL = "https://market.example"
    monkeypatch.setattr(sitemaps, "SIZE", 2)
    files = locations(read(client, "/sitemap.xml"))
    assert len(files) == len(PREFIXES) * (1 + 3)
    spanish = [file for file in files if "/es-ar/products-" in file]
    found = [loc for file in spanish for loc in locations(read(client, file.removeprefix("https://market.example")))]
    assert found == [f"https://market.example/es-ar/p/{p.slug}/{p.pk}/" for p in sorted(goods, key=lambda p: p.pk)]


def test_each_address_names_its_alternates(client, goods):
    entry = next(read(client, f"/sitemaps/en-us/products-{goods[0].pk}.xml").iter(f"{S}url"))
    codes = {link.get("hreflang") for link in entry.iter(f"{X}link")}
    assert {"en-US", "pt-BR", "ru", "x-default"} <= codes
    assert entry.find(f"{S}lastmod").text


def test_pages_are_home_rankings_categories_and_open_stores(client, goods):
    factories.store(slug="gone", status="closed")
    paths = [loc.partition("/en-us")[2] for loc in locations(read(client, "/sitemaps/en-us/pages.xml"))]
    assert paths == ["/", "/rankings/", "/deals", "/coupons/", "/c/lamps/", "/store/lumen/"]


def test_goods_withdrawn_or_of_a_closed_store_are_not_told_of(client, goods):
    goods[0].status = "withdrawn"
    goods[0].save()
    other = factories.product(factories.store(status="closed"), goods[0].category)
    text = " ".join(locations(read(client, f"/sitemaps/en-us/products-{goods[0].pk}.xml")))
    assert str(goods[0].pk) not in text
    assert str(other.pk) not in text
    assert str(goods[1].pk) in text


def test_a_market_nobody_announced_has_no_sitemap(client, goods):
    assert client.get("/sitemaps/en-kp/pages.xml").status_code == 404
    assert client.get("/sitemaps/xx/pages.xml").status_code == 404


def test_an_empty_market_has_a_valid_index(client):
    assert len(locations(read(client, "/sitemap.xml"))) == len(PREFIXES)
