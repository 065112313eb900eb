"""Figures into read models: what pages read is what the orders say, written only where something changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection

from caravan.insight import queries
from caravan.insight.actions import refresh
from caravan.insight.models import ProductSales, Ranking, StoreFunnel, StoreVolume
from caravan.insight.rules import Period, Shown
from caravan.outbox.models import StoredEvent
from caravan.project.commands.insight import command
from caravan.signals.actions import write
from caravan.signals.rules import Sighting
from caravan.trade.models import Order
from tests import factories
from tests.factories import AT
from tests.reputation.bought import buyer, line

pytestmark = pytest.mark.django_db(transaction=True)

NOW = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def lake(settings, tmp_path):
    settings.LAKE_ROOT = tmp_path


@pytest.fixture
def lamps():
    return factories.category("lamps", parent=factories.category("home"))


def sell(product, *, people: int, days: float = 1, market: str = "BR") -> None:
    for _ in range(people):
        line(product, buyer(), received=None, paid=AT - timedelta(days=days), market=market)


def listed(kind="products", **cell) -> list[object]:
    return [p.subject_id for p in queries.ranking(kind, **{"period": Period.WEEK, **cell}).places]


def test_before_the_first_refresh_a_list_is_empty_and_says_so():
    page = queries.ranking("products", period=Period.WEEK)
    assert (page.places, page.total, page.windows, page.refreshed_at, page.next) == ((), 0, None, None, None)


def test_a_ranking_changes_after_orders_come_in(lamps):
    store = factories.store()
    brass, paper = factories.product(store, lamps), factories.product(store, lamps)
    sell(brass, people=2)
    sell(paper, people=1)
    refresh(as_of=AT, at=NOW)
    assert listed(category="home/lamps", market="BR") == [brass.pk, paper.pk]
    sell(paper, people=4, market="US")
    refresh(as_of=AT, at=NOW)
    for category in ("", "home", "home/lamps"):
        assert listed(category=category) == [paper.pk, brass.pk]
    assert listed(market="BR") == [brass.pk, paper.pk]
    assert queries.markets_listed("products", category="home", period=Period.WEEK) == ["BR", "US"]


def test_a_page_says_its_window_when_it_was_refreshed_and_what_follows(lamps, django_assert_num_queries):
    store = factories.store()
    for people in (3, 2, 1):
        sell(factories.product(store, lamps), people=people)
    refresh(as_of=AT, at=NOW)
    with django_assert_num_queries(1):
        page = queries.ranking("products", period=Period.WEEK, limit=2)
    assert (page.windows.recent_from, page.windows.until, page.refreshed_at) == (AT - timedelta(days=7), AT, NOW)
    assert ([p.rank for p in page.places], page.total, page.next) == ([1, 2], 3, 2)
    rest = queries.ranking("products", period=Period.WEEK, limit=2, after=2)
    assert ([p.rank for p in rest.places], rest.next) == ([3], None)
    assert rest.places[0].figures.buyers == 1


def test_refreshing_twice_writes_nothing(lamps):
    product = factories.product(factories.store(), lamps)
    sell(product, people=3)
    first = refresh(as_of=AT, at=NOW)
    assert first.lists == first.written > 0
    before = [list(m.objects.values_list()) for m in (Ranking, StoreVolume, ProductSales, StoreFunnel)]
    rows = _versions()
    assert refresh(as_of=AT, at=NOW + timedelta(minutes=1)).written == 0
    assert [list(m.objects.values_list()) for m in (Ranking, StoreVolume, ProductSales, StoreFunnel)] == before
    assert _versions() == rows  # not even rewritten with the same values
    assert queries.last_refresh() == (AT, NOW + timedelta(minutes=1))
    assert StoredEvent.objects.filter(name="insight.market_refreshed").count() == 2


def _versions() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ctid, xmin FROM insight_ranking UNION ALL SELECT ctid, xmin FROM insight_storevolume "
            "UNION ALL SELECT ctid, xmin FROM insight_productsales UNION ALL SELECT ctid, xmin FROM insight_storefunnel"
        )
        return sorted(map(str, cursor.fetchall()))


def test_what_nobody_buys_any_more_leaves_every_list(lamps):
    product = factories.product(factories.store(), lamps)
    sell(product, people=2)
    refresh(as_of=AT, at=NOW)
    Order.objects.update(payment_state="refunded", refunded_at=AT - timedelta(hours=1))
    assert refresh(as_of=AT, at=NOW).lists == 0
    assert not Ranking.objects.exists()
    assert not StoreVolume.objects.exists()
    assert not ProductSales.objects.exists()


def test_a_withdrawn_product_leaves_the_list_and_keeps_its_sales(lamps):
    product = factories.product(factories.store(), lamps)
    sell(product, people=2)
    type(product).objects.update(status="withdrawn")
    refresh(as_of=AT, at=NOW)
    assert listed() == []
    assert queries.record_of(product.pk).buyers == 2


def test_volume_is_shown_in_bands_to_others_and_exactly_to_the_store(lamps):
    product = factories.product(factories.store(), lamps)
    sell(product, people=7)
    refresh(as_of=AT, at=NOW)
    shown, own = queries.volume_of(product.store_id), queries.own_volume(product.store_id)
    assert (shown.orders_90d, shown.paid_eur_minor_90d, shown.daily_orders) == (Shown(5, 9), None, ())
    assert (own.orders_90d, own.paid_eur_minor_90d, sum(own.daily_orders)) == (Shown(7, 7), 14_000, 7)
    assert queries.volume_of(factories.store().pk) is queries.own_volume(factories.store().pk) is None


def test_a_stores_best_sellers_and_the_places_of_its_goods(lamps, django_assert_num_queries):
    store, rival = factories.store(), factories.store()
    good, better, unsold = (factories.product(store, lamps) for _ in range(3))
    best = factories.product(rival, lamps)
    for product, people in ((good, 1), (better, 2), (best, 5)):
        sell(product, people=people)
    refresh(as_of=AT, at=NOW)
    assert queries.best_sellers(store.pk) == [better.pk, good.pk]
    assert queries.best_sellers(store.pk, limit=1) == [better.pk]
    with django_assert_num_queries(2):
        places = queries.places_of_store(store.pk, period=Period.WEEK)
    hot = [(p.cell.category, p.place.rank, p.place.subject_id, p.total) for p in places if p.kind == "products"]
    assert sorted(hot) == [(c, r, p.pk, 3) for c in ("", "home", "home/lamps") for r, p in ((2, better), (3, good))]
    found = queries.place_of("products", better.pk, category="home/lamps", period=Period.WEEK)
    assert (found.rank, found.figures.buyers) == (2, 2)
    assert queries.place_of("products", unsold.pk, period=Period.WEEK) is None


def test_the_way_from_looking_to_buying_is_published(lamps):
    product = factories.product(factories.store(), lamps)
    sell(product, people=2)
    seen = {"market": "BR", "language": "pt", "visitor_id": product.pk, "store_id": product.store_id}
    write([Sighting(at=AT - timedelta(days=d), kind=k, **seen) for d, k in ((1, "view"), (2, "view"), (9, "cart_add"))])
    refresh(as_of=AT, at=NOW)
    funnel = queries.funnel_of(product.store_id)
    assert (funnel.recent.views, funnel.recent.visitors, funnel.recent.buyers, funnel.before.carts) == (2, 1, 2, 1)
    assert queries.funnel_of(factories.store().pk).recent.views == 0


def test_the_day_so_far_stands_beside_yesterday_up_to_the_same_hour(lamps, django_assert_num_queries):
    """AT is noon in UTC, 9 o'clock in São Paulo."""
    store = factories.store()
    product = factories.product(store, lamps, stock=3)
    factories.product(store, lamps, stock=0)
    for hours in (1, 8.9, 9.1, 24.5, 23.5, 33.1):
        sell(product, people=1, days=hours / 24)
    Order.objects.create(**{**Order.objects.values().first(), "id": store.pk, "number": "x", "payment_state": "lapsed"})
    with django_assert_num_queries(2):
        day = queries.store_day(store.pk, zone="America/Sao_Paulo", at=AT)
    assert (day.today.orders, day.today.paid.minor, day.yesterday.orders) == (2, 4_000, 1)
    assert (day.low, day.sold_out) == (1, 1)


def test_figures_as_of_a_past_day_are_published_by_command(lamps):
    product = factories.product(factories.store(), lamps)
    sell(product, people=2, days=10)
    done = CliRunner().invoke(command, ["refresh", "--at", "2026-02-21"])
    assert done.exit_code == 0, done.output
    assert "lists as of 2026-02-22 00:00 UTC" in done.output
    assert listed() == [product.pk]
    assert CliRunner().invoke(command, ["refresh", "--at", "soon"]).exit_code == 2
