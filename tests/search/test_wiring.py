from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.db import connection, transaction

from caravan.catalog.actions.status import block_product, restore_product, withdraw_product
from caravan.catalog.actions.stock import return_stock, take_stock
from caravan.insight.events import MarketRefreshed
from caravan.insight.models import ProductSales
from caravan.kernel.ids import uuid7
from caravan.kernel.markets import market
from caravan.outbox import actions as outbox
from caravan.reputation.events import StandingChanged
from caravan.reputation.models import ProductRating, StoreCredit
from caravan.search import actions
from caravan.search.engine.indexer import Indexer
from caravan.search.models import Dirty, Indexed
from caravan.search.queries import cards, find, found_cards, suggest
from caravan.search.queries.documents import documents
from caravan.search.rules.query import SearchQuery, Sort
from caravan.signals.actions import write
from caravan.signals.rules import Sighting
from caravan.stores.events import StoreChanged
from tests import factories
from tests.factories import AT
from tests.search import shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"
    factories.rates()
    return settings.SEARCH_ROOT


@pytest.fixture
def seller():
    return factories.user()


@pytest.fixture
def lamp(seller):
    made = factories.product(factories.store(seller), factories.category("lamps"), title="Brass lamp")
    shop.build()
    return made


def tell(*events):
    with transaction.atomic():
        outbox.record(*events)


def test_before_there_is_an_index_nothing_is_found_and_that_is_said():
    page = find(SearchQuery(text="lamp"))
    assert (page.ready, page.total, page.hits) == (False, 0, ())
    assert suggest("la", language="en") == ()


def test_an_edited_product_is_found_under_its_new_title_and_no_longer_under_the_old(lamp):
    assert shop.found("brass") == [str(lamp.pk)]
    lamp.version.title = "Copper lantern"
    lamp.version.save()
    shop.changed(lamp)
    shop.deliver()
    shop.index()
    assert shop.found("copper lantern") == [str(lamp.pk)]
    assert shop.found("brass") == []
    assert not Dirty.objects.exists()


def test_withdrawn_goods_are_not_found_at_all_and_come_back_when_restored(lamp, seller):
    withdraw_product(user_id=seller.pk, store=lamp.store.slug, product_id=lamp.pk, at=AT)
    shop.deliver()
    shop.index()
    assert shop.found("lamp") == shop.found() == []
    assert not Indexed.objects.exists()
    restore_product(user_id=seller.pk, store=lamp.store.slug, product_id=lamp.pk, at=AT)
    shop.deliver()
    shop.index()
    assert shop.found("lamp") == [str(lamp.pk)]


def test_blocked_goods_are_not_found(lamp):
    block_product(operator_id=factories.user(is_staff=True).pk, product_id=lamp.pk, reason="Not safe", at=AT)
    shop.deliver()
    shop.index()
    assert shop.found("lamp") == []


def test_a_closed_store_takes_its_goods_along(lamp):
    lamp.store.status = "closed"
    lamp.store.save()
    tell(StoreChanged(at=AT, store_id=lamp.store_id))
    shop.deliver()
    shop.index()
    assert shop.found() == []


def test_what_is_sold_out_is_not_offered_until_it_is_back(lamp):
    everything = [(lamp.variants.get().pk, 10)]
    with transaction.atomic():
        take_stock(wanted=everything, at=AT)
    shop.deliver()
    shop.index()
    assert shop.found("lamp") == []
    with transaction.atomic():
        return_stock(given=everything, at=AT)
    shop.deliver()
    shop.index()
    assert shop.found("lamp") == [str(lamp.pk)]


def test_after_a_refresh_only_goods_that_sold_otherwise_are_looked_at(lamp):
    steady = factories.product(lamp.store, lamp.category, title="Steady lamp")
    ProductSales.objects.create(product=steady, store=lamp.store, units_total=3, buyers_total=3, buyers_30d=3)
    shop.build()
    ProductSales.objects.create(product=lamp, store=lamp.store, units_total=9, buyers_total=9, buyers_30d=9)
    tell(MarketRefreshed(at=AT, as_of=AT))
    shop.deliver()
    assert list(Dirty.objects.values_list("product_id", flat=True)) == [lamp.pk]
    shop.index()
    assert shop.found(sort=Sort.SALES) == [str(lamp.pk), str(steady.pk)]
    tell(MarketRefreshed(at=AT, as_of=AT))
    shop.deliver()
    assert not Dirty.objects.exists()


def test_a_list_shows_the_stars_and_buyers_that_search_was_told_of_and_hears_of_those_that_follow(lamp):
    ProductRating.objects.create(product=lamp, ratings=8, mean=4.25, refreshed_at=AT)
    ProductSales.objects.create(product=lamp, store=lamp.store, units_total=9, buyers_total=7, buyers_30d=0)
    tell(StandingChanged(at=AT, store_id=lamp.store_id, product_ids=(lamp.pk,)), MarketRefreshed(at=AT, as_of=AT))
    shop.deliver()
    shop.index()
    assert listed() == (4.25, 8, 7) == as_stored(lamp)
    ProductSales.objects.update(buyers_total=8)
    ProductRating.objects.update(ratings=0, mean=0)
    assert (listed(), as_stored(lamp)) == ((4.25, 8, 7), (None, 0, 8))
    # Nobody bought it in the last 30 days; that somebody ever did more often is enough to look at it again.
    tell(MarketRefreshed(at=AT, as_of=AT))
    shop.deliver()
    shop.index()
    assert listed() == (None, 0, 8)


def listed():
    with shop.looking_at_once():
        (card,) = found_cards(find(SearchQuery(text="lamp")).hits, market=market("BR"), at=AT)
    return card.rating, card.ratings, card.buyers


def as_stored(product):
    (card,) = cards([product.pk], market=market("BR"), at=AT)
    return card.rating, card.ratings, card.buyers


def test_a_store_that_rose_in_standing_lifts_all_its_goods_and_one_rating_does_not(lamp):
    credit = StoreCredit.objects.create(store=lamp.store, points=12_000, positive_rate_low=0.9, refreshed_at=AT)
    tell(StandingChanged(at=AT, store_id=lamp.store_id, product_ids=()))
    shop.deliver()
    assert Dirty.objects.count() == 1
    shop.index()
    credit.positive_rate_low = 0.901
    credit.save()
    tell(StandingChanged(at=AT, store_id=lamp.store_id, product_ids=()))
    shop.deliver()
    assert not Dirty.objects.exists()


def test_an_index_that_could_not_be_written_keeps_its_marks(lamp, root):
    class Full(Indexer):
        def apply(self, upserts=(), deletes=()):
            raise OSError("no space left on device")

    actions.mark_products(product_ids=[lamp.pk])
    with Full(root) as indexer, pytest.raises(OSError, match="space"):
        actions.bring_in(indexer=indexer, at=AT)
    assert Dirty.objects.count() == 1


def test_documents_cost_the_same_statements_for_any_number_of_goods(lamp, django_assert_num_queries):
    more = [factories.product(lamp.store, lamp.category).pk for _ in range(8)]
    documents([lamp.pk], at=AT)
    with django_assert_num_queries(3):
        assert len(documents([lamp.pk, *more], at=AT)) == 9


def test_a_currency_without_a_rate_keeps_nobody_out_of_the_shop(lamp):
    lamp.currency = "ZZZ"
    lamp.save()
    [document] = documents([lamp.pk], at=AT)
    assert document.price == lamp.price_minor


def test_categories_of_one_name_in_two_places_are_told_apart(lamp):
    garden = factories.category("lamps", parent=factories.category("garden"))
    torch = factories.product(lamp.store, garden, title="Garden torch")
    shop.build()
    assert shop.found(category="garden/lamps") == [str(torch.pk)]
    assert shop.found(category="lamps") == [str(lamp.pk)]
    counts = {f.code: f.values for f in find(SearchQuery(category="garden")).facets}["category"]
    assert [(one.value, one.count) for one in counts] == [("garden/lamps", 1)]


def test_what_three_people_searched_for_is_suggested_and_what_one_did_is_not(lamp):
    def looked(words, people):
        return [
            Sighting(at=AT, kind="search", visitor_id=uuid7(), market="US", language="en", query=words, results=1)
            for _ in range(people)
        ]

    write(looked(" Brass Lamp shade", 3) + looked("brass ana silva", 1))
    actions.rebuild(at=AT + timedelta(hours=1))
    with shop.looking_at_once():
        texts = [one.text for one in suggest("brass", language="en")]
    assert "brass lamp shade" in texts
    assert "brass ana silva" not in texts


def test_a_rebuild_is_asked_of_the_indexer_that_runs(lamp, root):
    with Indexer(root) as running:
        assert actions.rebuild(at=AT) is None
        assert actions.indexing.rebuild_is_due(indexer=running, at=AT)
        assert actions.write_anew(indexer=running, at=AT) == 1
        assert not (root / actions.indexing.REQUEST).exists()


def test_a_second_indexer_waits_and_takes_over(root):
    stop, inside = threading.Event(), threading.Event()

    def second():
        with actions.take_over(stop=stop) as indexer:
            assert indexer
            inside.set()

    actions.indexing.RETRY, patience = 0.05, actions.indexing.RETRY
    try:
        with Indexer(root):
            waiting = threading.Thread(target=second)
            waiting.start()
            assert not inside.wait(0.2)
        assert inside.wait(10)
        waiting.join()
    finally:
        actions.indexing.RETRY = patience


def test_a_waiting_indexer_stops_when_told(root):
    stop = threading.Event()
    stop.set()
    with Indexer(root), actions.take_over(stop=stop) as indexer:
        assert indexer is None


@pytest.mark.django_db(transaction=True)
def test_a_change_while_the_index_is_written_is_not_lost(lamp, root):
    class Slow(Indexer):
        """Somebody edits the product after it was read and before the index is committed."""

        def apply(self, upserts=(), deletes=()):
            super().apply(upserts, deletes)
            actions.mark_products(product_ids=[lamp.pk])

    actions.mark_products(product_ids=[lamp.pk])
    with Slow(root) as indexer:
        actions.bring_in(indexer=indexer, at=AT)
    assert Dirty.objects.count() == 1
    shop.index()
    assert not Dirty.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_readers_go_on_while_the_index_is_kept_up_and_rebuilt(lamp, root):
    """The indexer of production in a thread; the reader asks all the while and never waits for it nor finds a gap."""
    stop = threading.Event()
    failures: list[BaseException] = []

    def keep():
        try:
            with actions.take_over(stop=stop) as indexer:
                actions.keep_up(indexer=indexer, stop=stop)
        except BaseException as e:
            failures.append(e)
        finally:
            connection.close()

    keeper = threading.Thread(target=keep)
    keeper.start()
    try:
        newer = factories.product(lamp.store, lamp.category, title="Newer lamp")
        actions.mark_products(product_ids=[newer.pk])
        (configured.SEARCH_ROOT / actions.indexing.REQUEST).touch()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            seen = shop.found("lamp")
            assert str(lamp.pk) in seen
            if len(seen) == 2 and not (configured.SEARCH_ROOT / actions.indexing.REQUEST).exists():
                break
        assert len(seen) == 2
    finally:
        stop.set()
        keeper.join(20)
    assert not failures
    assert not keeper.is_alive()
