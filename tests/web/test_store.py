"""A store's page: its goods, what buyers say, what it really sells."""

from __future__ import annotations

import pytest
from django.utils import timezone

from caravan.insight.models import ProductSales, Refresh, StoreVolume
from caravan.kernel import clock
from caravan.reputation.actions import refresh_all
from tests import factories
from tests.factories import AT
from tests.promotions.claims import deal
from tests.reputation.test_refresh import given
from tests.web.published import checked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rates():
    factories.rates()
    Refresh.objects.create(pk=1, as_of=AT, refreshed_at=AT)


@pytest.fixture
def store():
    return factories.store(name="Lumen", slug="lumen", country="PL", currency="PLN", description="Lamps\n\nsince 1998")


def page(client, query: str = "", status: int = 200, market: str = "en-us") -> str:
    answer = client.get(f"/{market}/store/lumen/{query}")
    assert answer.status_code == status
    return checked(answer.content.decode())


def volume(store, *, buyers: int) -> None:
    StoreVolume.objects.create(
        store=store, orders_30d=buyers, units_30d=buyers, buyers_30d=buyers, paid_eur_minor_30d=0, orders_90d=buyers,
        units_90d=buyers, buyers_90d=buyers, paid_eur_minor_90d=0, daily_orders=[0] * 89 + [buyers],
    )  # fmt: skip


def test_goods_stand_newest_first_a_page_at_a_time(client, store):
    shelf = factories.category()
    for n in range(50):
        factories.product(store, shelf, title=f"Lamp {n:02}")
    first = page(client)
    assert first.count('class="card"') == 48
    assert first.index("Lamp 49") < first.index("Lamp 48")
    after = first.split("?before=")[1].split('"')[0]
    rest = page(client, f"?before={after}")
    assert "Lamp 01" in rest
    assert "Lamp 02" not in rest
    assert "noindex" in rest


def test_best_sellers_come_before_everything(client, store):
    shelf = factories.category()
    goods = [factories.product(store, shelf, title=title) for title in ("Brass", "Paper", "Glass")]
    for product, buyers in zip(goods, (3, 8, 0), strict=True):
        ProductSales.objects.create(product=product, store=store, units_total=9, buyers_total=9, buyers_30d=buyers)
    seen = page(client)
    best = seen[seen.index("Best sellers of 30 days") : seen.index("All goods")]
    assert best.index("Paper") < best.index("Brass")
    assert "Glass" not in best


def test_an_empty_store_says_so(client, store):
    assert "Nothing on sale at the moment" in page(client)


@pytest.mark.parametrize(("query", "status"), [("?before=x", 400), ("?tab=none", 404), ("?tab=feedback&stars=9", 400)])
def test_a_mangled_address_is_refused_by_a_page(client, store, query, status):
    page(client, query, status)


def test_a_store_that_is_not_open_is_not_found(client, store):
    type(store).objects.update(status="suspended")
    assert "it is not open at the moment" in page(client, status=404)


def test_credit_and_volume_are_told_with_their_doubt(client, store):
    product = factories.product(store, factories.category())
    for stars in (5, 5, 5, 5, 1):
        given(product, stars, detailed=5, days=-1)
    refresh_all(at=AT)
    volume(store, buyers=7)
    seen = page(client, "?tab=about")
    assert "3 points" in seen
    assert "Store credit: medal 1 of 5" in seen
    assert "80.0%" in seen
    assert "At least 37.6%, with 95% confidence" in seen
    assert "Item as described" in seen
    assert "5–9" in seen
    assert 'class="spark' not in seen  # single days would tell apart what the band hides


def test_a_store_many_buy_from_shows_its_days(client, store):
    volume(store, buyers=40)
    seen = page(client)
    assert "40 orders in 90 days" in seen
    assert 'class="spark' in seen


def test_where_it_ships_and_how_fast_is_told(client, store):
    type(store).objects.update(ships_to=["PL", "BR"], handling_days=3)
    seen = page(client, "?tab=about")
    assert "Lumen does not ship to United States." in seen
    assert "Brazil, Poland" in seen
    assert "3 working days" in seen
    assert "does not ship" not in page(client, "?tab=about", market="en-br")


def test_feedback_names_what_was_bought_and_is_filtered_by_stars(client, store):
    product = factories.product(store, factories.category(), title="Brass lamp")
    for n, stars in enumerate((5, 4, 1)):
        given(product, stars, days=n)
    refresh_all(at=timezone.now())
    assert page(client, "?tab=feedback").count("Brass lamp") == 3
    assert page(client, "?tab=feedback&stars=1").count('class="review"') == 1


@pytest.mark.parametrize(("query", "queries"), [("", 7), ("?tab=feedback", 5), ("?tab=about", 4)])
def test_the_page_asks_the_same_number_of_questions_however_much_there_is(
    client, store, django_assert_num_queries, query, queries
):
    shelf = factories.category()
    goods = [factories.product(store, shelf) for _ in range(2)]
    page(client, query)
    with django_assert_num_queries(queries):
        page(client, query)
    for n in range(15):
        factories.product(store, shelf)
        given(goods[0], 5, days=-n)
    volume(store, buyers=30)
    with django_assert_num_queries(queries):
        page(client, query)


def test_an_offer_about_some_goods_leads_to_them(client, store):
    shelf = factories.category()
    lamp, rug = (factories.product(store, shelf, title=title, currency="PLN") for title in ("Brass lamp", "Wool rug"))
    made = deal(lamp, currency="PLN", quantity=None, is_chosen=True).promotion
    with clock.stopped(AT):
        seen, goods = page(client), page(client, f"?offer={made.pk}")
    assert f'href="/en-us/store/lumen/?offer={made.pk}"' in seen
    assert "A deal on 1 product" in seen
    assert "What it is for" in goods
    assert "Brass lamp" in goods
    assert "Wool rug" not in goods
    assert "This offer is over." in page(client, f"?offer={rug.pk}", status=404)
