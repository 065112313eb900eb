from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from caravan.insight.queries import promotion_report
from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money
from caravan.people.models import Buyer
from caravan.promotions.models import Promotion, PromotionGoods
from caravan.trade.models import Order, OrderCut, OrderLine
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
_numbers = count(1)
SINCE = AT - timedelta(days=7)


@pytest.fixture
def lamp():
    factories.rates()
    return factories.product(factories.store(), factories.category("lamps"))


def sold(product, buyer, *, at, pieces=1, paid=1000, cut=0, promotion=None, payer="store", refunded=0, currency="USD"):
    """A paid order of one line."""
    n = next(_numbers)
    order = Order.objects.create(
        number=f"R-{n}", store=product.store, buyer=buyer, market="US", currency=currency, store_currency="USD", rate=1,
        items_minor=paid, total_minor=paid, total_eur_minor=paid, payment_state="paid", paid_at=at, placed_at=at,
        fund_state="none", source="test", external_ref=str(n),
    )  # fmt: skip
    line = OrderLine.objects.create(
        order=order, number=1, product=product, variant=product.variants.get(), version=product.version, title="Lamp", sku="lamp",
        quantity=pieces, unit_minor=paid // pieces, total_minor=paid, cut_minor=cut, refunded_quantity=refunded,
        refunded_minor=paid * refunded // pieces,
    )  # fmt: skip
    if promotion:
        OrderCut.objects.create(
            line=line, code="spend_save", promotion_id=promotion.pk, name="Spring", payer=payer, pieces=pieces, minor=cut
        )
    return order


def buyer():
    return Buyer.objects.create(email=f"b{next(_numbers)}@example.test")


def promotion(store, **fields):
    return Promotion.objects.create(
        **{
            "store": store, "kind": "spend_save", "name": "Spring", "state": "on", "currency": "USD", "since": SINCE,
            "until": AT + timedelta(days=7), **fields,
        }
    )  # fmt: skip


def test_a_report_says_what_was_sold_and_who_bore_what_was_taken_off(lamp):
    spring, old, new = promotion(lamp.store), buyer(), buyer()
    sold(lamp, old, at=SINCE - timedelta(days=20))
    sold(lamp, old, at=AT - timedelta(days=1), pieces=2, paid=1800, cut=200, promotion=spring)
    sold(lamp, new, at=AT - timedelta(days=1), paid=1200, cut=600, promotion=spring, payer="platform", currency="BRL")
    sold(lamp, new, at=AT - timedelta(days=1), paid=1000)  # without it
    found = promotion_report(spring.pk, store_id=lamp.store_id, at=AT)
    assert (found.orders, found.units, found.buyers, found.new_buyers) == (2, 3, 2, 1)
    assert found.revenue == Money(1800 + 250, "USD")  # 12.00 BRL at 6 a euro, 1.25 USD a euro
    assert found.cost == (("platform", Money(125, "USD")), ("store", Money(200, "USD")))
    assert [(day.units, day.orders) for day in found.days] == [(3, 2)]


def test_what_went_back_was_not_sold_and_costs_nothing(lamp):
    spring = promotion(lamp.store)
    sold(lamp, buyer(), at=AT - timedelta(days=1), pieces=2, paid=1800, cut=200, promotion=spring, refunded=1)
    found = promotion_report(spring.pk, store_id=lamp.store_id, at=AT)
    assert (found.units, found.revenue, found.cost) == (1, Money(900, "USD"), (("store", Money(100, "USD")),))


def test_an_order_that_went_back_as_a_whole_is_not_counted_nor_is_its_buyer(lamp):
    spring = promotion(lamp.store)
    sold(lamp, buyer(), at=AT - timedelta(days=2), cut=200, promotion=spring, refunded=1)
    sold(lamp, buyer(), at=AT - timedelta(days=1), pieces=2, paid=1800, cut=200, promotion=spring, refunded=1)
    found = promotion_report(spring.pk, store_id=lamp.store_id, at=AT)
    assert (found.orders, found.units, found.buyers, found.new_buyers) == (1, 1, 1, 1)
    assert [(day.units, day.orders) for day in found.days] == [(1, 1)]


def test_a_season_that_lifts_the_whole_category_is_told_from_the_promotion(lamp):
    spring = promotion(lamp.store, is_chosen=True)
    PromotionGoods.objects.create(promotion=spring, product=lamp)
    like, one = factories.product(factories.store(), lamp.category), buyer()
    for day in range(28):
        sold(lamp, one, at=SINCE - timedelta(days=28 - day) + timedelta(hours=1), pieces=2, paid=2000)
        sold(like, one, at=SINCE - timedelta(days=28 - day) + timedelta(hours=1), pieces=4, paid=2000)
    for day in range(7):
        sold(lamp, one, at=SINCE + timedelta(days=day, hours=1), pieces=8, paid=2000, cut=8, promotion=spring)
        sold(like, one, at=SINCE + timedelta(days=day, hours=1), pieces=8, paid=2000)
    found = promotion_report(spring.pk, store_id=lamp.store_id, at=AT)
    assert found.matched == 1
    assert found.uplift.rate == pytest.approx(1.0)  # four times as much as before, where the like sold twice as much
    assert found.uplift.is_clear


def test_a_report_is_its_stores_own(lamp):
    spring = promotion(lamp.store)
    with pytest.raises(NotFound):
        promotion_report(spring.pk, store_id=factories.store().pk, at=AT)


def test_a_draft_has_no_report(lamp):
    with pytest.raises(NotFound):
        promotion_report(promotion(lamp.store, state="draft").pk, store_id=lamp.store_id, at=AT)


def test_a_report_takes_as_many_statements_however_much_was_sold(lamp, django_assert_max_num_queries):
    spring = promotion(lamp.store)
    for _ in range(5):
        sold(lamp, buyer(), at=AT - timedelta(days=1), pieces=2, paid=1800, cut=200, promotion=spring)
    with django_assert_max_num_queries(12):
        promotion_report(spring.pk, store_id=lamp.store_id, at=AT)
