"""Groups of products, and discounts that follow the goods they are about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.catalog.actions import set_prices
from caravan.catalog.events import ProductChanged, ProductsImported
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.outbox.models import StoredEvent
from caravan.promotions import subscribers
from caravan.promotions.actions.groups import remove_group, save_group
from caravan.promotions.models import OfferedPrice
from caravan.promotions.queries.groups import groups_of, products_in
from caravan.promotions.queries.offers import offers_of
from caravan.promotions.rules.drafts import ScopeDraft
from tests import factories
from tests.factories import AT
from tests.promotions.selling import aged, seller, usd

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def shop():
    return seller()


def group(shop, *variants, name="Lights", **fields):
    return save_group(**shop.who, name=name, product_ids=[v.product_id for v in variants], at=LATER, **fields)


def on(shop, group_id, percent=10):
    return shop.start(shop.store_wide(percent, scope=ScopeDraft(group_id=group_id)))


def offered(at=LATER) -> dict[object, int]:
    return {o.variant_id: o.minor for o in OfferedPrice.objects.filter(since__lte=at, until__gt=at)}


def test_a_group_has_a_name_of_its_own_and_products_that_are_in_no_other(shop):
    made = group(shop, shop.lamp)
    assert [(g.name, g.products) for g in groups_of(shop.store.pk)] == [("Lights", 1)]
    with pytest.raises(Invalid) as refused:
        group(shop, shop.lamp, name="Lights")
    assert set(refused.value.fields) == {"name", "goods.0"}
    assert "is in the group “Lights” already" in refused.value.fields["goods.0"]
    group(shop, shop.lamp, shop.rug, name="All", group_id=made)
    assert products_in(made) == [shop.lamp.product_id, shop.rug.product_id]


def test_another_stores_goods_and_groups_are_not_there(shop):
    other = seller()
    with pytest.raises(Invalid):
        group(shop, other.lamp)
    with pytest.raises(NotFound):
        group(other, other.lamp, group_id=group(shop, shop.lamp))


def test_a_discount_is_for_its_group_and_follows_it(shop):
    made = group(shop, shop.lamp)
    promotion = on(shop, made)
    assert offered() == {shop.lamp.pk: 1800}
    group(shop, shop.rug, group_id=made)
    assert offered() == {shop.rug.pk: 4500}
    [deal] = offers_of([shop.store.pk], AT)[shop.store.pk].wide
    assert deal.scope.products == {shop.rug.product_id}
    said = StoredEvent.objects.filter(name="promotions.promotion_changed").order_by("at", "id").last().payload
    assert said["promotion_id"] == str(promotion)
    assert set(said["product_ids"]) == {str(shop.lamp.product_id), str(shop.rug.product_id)}


def test_a_group_a_promotion_is_about_is_not_forgotten(shop):
    made = group(shop, shop.lamp)
    on(shop, made)
    with pytest.raises(Conflict):
        remove_group(**shop.who, group_id=made)
    empty = group(shop, name="Empty")
    remove_group(**shop.who, group_id=empty)
    assert [g.name for g in groups_of(shop.store.pk)] == ["Lights"]


def test_a_new_list_price_is_a_new_offered_price_and_the_old_one_is_history(shop):
    shop.start(shop.store_wide(10))
    set_prices(
        user_id=shop.user_id, store=shop.store.slug, product_id=shop.lamp.product_id,
        prices={shop.lamp.sku: usd(3000)}, at=LATER,
    )  # fmt: skip
    heard = ProductChanged(at=LATER, product_id=shop.lamp.product_id, store_id=shop.store.pk)
    subscribers.product_changed(heard)
    subscribers.product_changed(heard)
    rows = OfferedPrice.objects.filter(variant=shop.lamp).order_by("since")
    assert [(o.minor, o.since) for o in rows] == [(1800, AT), (2700, LATER)]
    assert rows[0].until == LATER
    assert offered() == {shop.lamp.pk: 2700, shop.rug.pk: 4500}


def test_new_goods_are_offered_from_the_day_they_are_listed(shop):
    shop.start(shop.store_wide(10))
    new = aged(factories.product(shop.store, shop.lamp.product.category, price_minor=700))
    subscribers.products_imported(ProductsImported(at=LATER, store_id=shop.store.pk, product_ids=(new.pk,)))
    assert offered()[new.variants.get().pk] == 630


def test_where_no_discount_runs_a_change_of_goods_costs_one_statement(shop, django_assert_num_queries):
    with django_assert_num_queries(1):
        subscribers.product_changed(ProductChanged(at=AT, product_id=shop.lamp.product_id, store_id=shop.store.pk))
