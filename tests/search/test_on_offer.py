"""Deals in search: found by their filter, sorted by the price that is paid, from the event of their beginning to their end's."""

from __future__ import annotations

import pytest
from django.db import transaction

from caravan.outbox.actions import record
from caravan.promotions.actions.stamps import touch
from caravan.promotions.events import PromotionChanged
from caravan.promotions.models import Promotion
from caravan.search.queries.documents import documents
from caravan.search.rules.query import Sort
from tests import factories
from tests.factories import AT
from tests.promotions.running import deal, running
from tests.search import shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"
    factories.rates()


@pytest.fixture
def goods():
    """Three lamps of one store, at 10, 20 and 30 dollars."""
    store, shelf = factories.store(), factories.category("lamps")
    made = [factories.product(store, shelf, title="Lamp", price_minor=1_000 * n) for n in (1, 2, 3)]
    shop.build()
    return made


def tell(promotion, *products, status="live", whole=False):
    with transaction.atomic():
        record(
            PromotionChanged(
                at=AT, promotion_id=promotion.pk, store_id=promotion.store_id, kind=promotion.kind, status=status,
                product_ids=tuple(p.pk for p in products), is_whole_store=whole,
            )
        )  # fmt: skip
    shop.deliver()
    shop.index()


def by_price():
    return shop.found("lamp", sort=Sort.PRICE_ASC)


def ids(*products):
    return [str(p.pk) for p in products]


def test_a_deal_is_found_by_its_filter_and_sorted_by_what_is_paid_until_it_ends(goods):
    cheap, middle, dear = goods
    assert shop.found("lamp", on_offer=True) == []
    offer = deal(dear, percent=80, at=AT)
    tell(offer.promotion, dear)
    assert shop.found("lamp", on_offer=True) == ids(dear)
    assert by_price() == ids(dear, cheap, middle)
    Promotion.objects.update(state="stopped")
    touch(store_ids=[dear.store_id])
    tell(offer.promotion, dear, status="stopped")
    assert shop.found("lamp", on_offer=True) == []
    assert by_price() == ids(cheap, middle, dear)


def test_a_store_wide_discount_puts_all_its_goods_on_offer(goods):
    tell(running(goods[0].store, "store_wide", percent=10, at=AT), whole=True)
    assert sorted(shop.found("lamp", on_offer=True)) == sorted(ids(*goods))


def test_a_deal_of_one_market_is_on_offer_there_and_the_order_elsewhere_stays(goods):
    offer = deal(goods[2], percent=80, markets=["BR"], at=AT)
    tell(offer.promotion, goods[2])
    assert shop.found("lamp", on_offer=True, market="BR") == ids(goods[2])
    assert shop.found("lamp", on_offer=True, market="US") == []
    assert by_price() == ids(*goods)


def test_a_batch_of_documents_costs_the_same_few_statements_with_and_without_offers(goods, django_assert_num_queries):
    with django_assert_num_queries(3):
        documents([p.pk for p in goods], at=AT)
    deal(goods[0], percent=10, at=AT)
    documents([p.pk for p in goods], at=AT)
    with django_assert_num_queries(3):
        documents([p.pk for p in goods], at=AT)
