"""The page of deals: all that are on, in the order they end, with the price that is paid and what it is held against."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from caravan.promotions.actions.offered import freeze_references
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Bucket, Promotion
from caravan.promotions.queries.deals import live_deals
from tests import factories
from tests.promotions.running import deal, listed_since, running
from tests.web.published import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    factories.rates()
    return factories.category("lamps", factories.category("home"))


@pytest.fixture
def store():
    return factories.store(name="Lumen", slug="lumen")


def lamp(store, shelf, n=1, hours=2.0, **fields):
    made = factories.product(store, shelf, title=f"Lamp {n}", price_minor=2_000)
    listed_since(made, 100)
    goods = deal(made, hours=hours, **fields)
    freeze_references(promotion=goods.promotion, at=timezone.now())
    return made


def page(client, query="", market="en-us"):
    return checked(client.get(f"/{market}/deals{query}").content.decode()).replace("\xa0", " ")


def titles(html):
    return re.findall(r'class="card-title"><a href="[^"]+">([^<]+)</a>', html)


def test_deals_stand_in_the_order_they_end_each_with_its_countdown(client, store, shelf):
    for n, hours in ((1, 5), (2, 1), (3, 3)):
        lamp(store, shelf, n, hours)
    seen = page(client)
    assert titles(seen) == ["Lamp 2", "Lamp 3", "Lamp 1"]
    assert seen.count("data-countdown data-now=") == 3
    assert "$15.00" in seen
    assert "<s>" in seen
    assert "−25%" in seen
    assert "3 products on offer" in seen


def test_the_bar_is_that_of_the_deal_whose_price_is_shown(client, store, shelf):
    made = lamp(store, shelf, hours=1, percent=10, pieces=7)
    for percent, pieces, markets in ((30, 5, []), (60, 9, ["BR"])):
        goods = deal(made, hours=5, percent=percent, pieces=pieces)
        Promotion.objects.filter(pk=goods.promotion_id).update(markets=markets)
        freeze_references(promotion=goods.promotion, at=timezone.now())
    touch(store_ids=[store.pk])
    here, there = page(client), page(client, market="en-br")
    assert "$14.00" in here
    assert "5 of 5 left" in here
    assert "9 of 9 left" in there


def test_pages_follow_one_another_without_a_gap_or_a_repetition(store, shelf):
    made = [lamp(store, shelf, n, hours=1 + n // 2) for n in range(5)]
    found, cursor = [], ""
    while True:
        part = live_deals("US", timezone.now(), cursor=cursor, limit=2)
        found += part.product_ids
        cursor = part.next_cursor
        if not cursor:
            break
    assert sorted(found) == sorted(p.pk for p in made)


def test_what_is_over_not_begun_stopped_sold_out_or_elsewhere_is_not_listed(client, store, shelf):
    now = timezone.now()
    lamp(store, shelf, 1, since=now + timedelta(hours=1))
    lamp(store, shelf, 2, since=now - timedelta(hours=9), hours=-1)
    lamp(store, shelf, 3, state="paused")
    brazils = lamp(store, shelf, 4, markets=["BR"])
    lamp(store, shelf, 5, audience="followers")
    lamp(store, shelf, 6, pieces=2)
    Bucket.objects.update(left=0)
    lamp(factories.store(ships_to=["PL"]), shelf, 7)
    lamp(factories.store(status="closed"), shelf, 8)
    assert titles(page(client)) == []
    assert "No deals at the moment" in page(client)
    assert titles(page(client, market="en-br")) == ["Lamp 4"]
    # The page draws what a card has a deal for; a page of a list that is mostly others' would be short.
    assert [live_deals(market, timezone.now()).product_ids for market in ("US", "BR")] == [(), (brazils.pk,)]


def test_a_department_keeps_its_own_and_tells_how_many_each_has(client, store, shelf):
    lamp(store, shelf, 1)
    lamp(store, shelf, 2)
    lamp(store, factories.category("books"), 3)
    seen = page(client)
    assert "Home (2)" in seen
    assert "Books (1)" in seen
    assert titles(page(client, "?in=books")) == ["Lamp 3"]
    assert len(titles(page(client, "?in=home/lamps"))) == 2
    assert len(titles(page(client, "?in=nonsense"))) == 3


def test_the_bar_says_how_many_pieces_are_left(client, store, shelf):
    lamp(store, shelf, 1, pieces=8)
    seen = page(client)
    assert "8 of 8 left" in seen
    assert '<progress value="8" max="8"' in seen


def test_a_broken_link_is_refused(client, shelf):
    for cursor in ("x", "2026-01-01~x", "x~019a0000-0000-7000-8000-000000000000"):
        assert client.get(f"/en-us/deals?after={cursor}").status_code == 400


def test_the_page_asks_as_much_with_many_deals_as_with_one(client, store, shelf, django_assert_num_queries):
    lamp(store, shelf, 0)
    page(client)
    with django_assert_num_queries(4):
        page(client)
    for n in range(1, 12):
        lamp(store, shelf, n, pieces=5)
    page(client)
    with django_assert_num_queries(4):
        page(client)


def test_the_home_page_shows_what_ends_soon_and_leads_to_all(client, store, shelf, settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"
    assert "Deals that end soon" not in client.get("/en-us/").content.decode()
    lamp(store, shelf, 1)
    running(store, "store_wide", percent=5)
    seen = checked(client.get("/en-us/").content.decode())
    assert "Deals that end soon" in seen
    assert titles(seen) == ["Lamp 1"]
