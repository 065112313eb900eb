from __future__ import annotations

from decimal import Decimal

import pytest

from caravan.catalog.models import Price, Product, Variant
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.markets import market
from caravan.kernel.money import Money
from caravan.outbox.models import StoredEvent
from caravan.tax.actions.load import load_table
from caravan.tax.queries.tables import forget_tables
from caravan.tax.rules.read import COLUMNS
from caravan.tax.rules.record import from_json
from caravan.trade.actions.placing import place_purchase
from caravan.trade.models import Order, OrderLine, Purchase
from caravan.trade.queries.carts import cart, open_cart_id
from caravan.trade.rules.cart import CartOwner
from tests import factories
from tests.factories import AT
from tests.trade.scene import BRAZIL, fill_cart, place, scene, shown_total, stock

pytestmark = pytest.mark.django_db


def test_a_cart_of_two_stores_becomes_one_purchase_of_two_orders():
    market_day = scene()
    placed = place(market_day.owner)
    assert len(placed.orders) == 2
    assert sum((o.total for o in placed.orders), start=Money.zero("BRL")) == placed.total
    assert Purchase.objects.get().total_minor == placed.total.minor


def test_placing_takes_the_stock():
    market_day = scene()
    place(market_day.owner)
    assert (stock(market_day.lamp), stock(market_day.rug)) == (8, 2)


def test_an_order_remembers_what_was_sold_at_what_price_and_rate():
    market_day = scene()
    place(market_day.owner)
    line = OrderLine.objects.select_related("order").get(variant=market_day.lamp)
    assert (line.title, line.quantity, line.unit_minor, line.total_minor) == ("Lamp", 2, 4800, 9600)
    assert line.version_id == market_day.lamp.product.version_id
    assert line.order.rate == Decimal("4.8")
    assert line.order.total_minor == line.order.items_minor + line.order.shipping_minor + line.order.tax_minor
    assert line.order.total_eur_minor == round(line.order.total_minor / 6)


def test_each_order_placed_is_told_once():
    place(scene().owner)
    assert StoredEvent.objects.filter(name="trade.order_placed").count() == 2


def test_the_same_request_again_is_the_same_purchase():
    owner, total = (day := scene()).owner, shown_total(day.owner)
    first, second = (place(owner, key="k", total=total) for _ in range(2))
    assert second.repeated
    assert second.purchase_id == first.purchase_id
    assert second.orders == first.orders
    assert (Purchase.objects.count(), stock(day.lamp)) == (1, 8)


def test_the_same_key_with_another_request_is_refused():
    owner, total = (day := scene()).owner, shown_total(day.owner)
    place(owner, key="k", total=total)
    with pytest.raises(Conflict, match="another request"):
        place(owner, key="k", total=total, email="else@example.test")


def test_a_cart_ordered_cannot_be_ordered_again_with_a_new_key():
    owner, total = (day := scene()).owner, shown_total(day.owner)
    place(owner, total=total)
    with pytest.raises(Conflict, match="ordered already"):
        place(owner, total=total)


def test_a_price_that_changed_since_it_was_shown_stops_the_order_and_says_the_new_one():
    day = scene()
    shown = shown_total(day.owner)
    Variant.objects.filter(pk=day.lamp.pk).update(price_minor=1100)
    with pytest.raises(Conflict) as refused:
        place(day.owner, total=shown)
    assert refused.value.code == "price.changed"
    assert refused.value.fields["total"] == str(shown_total(day.owner))
    assert shown_total(day.owner) > shown + Money(960, "BRL")  # the goods, and tax on them
    assert (stock(day.lamp), Order.objects.count()) == (10, 0)


def test_what_is_short_is_named_and_nothing_else_is_taken():
    day = scene()
    total = shown_total(day.owner)
    Variant.objects.filter(pk=day.rug.pk).update(stock=0)
    with pytest.raises(Conflict, match="Rug"):
        place(day.owner, total=total)
    assert stock(day.lamp) == 10


def test_a_withdrawn_product_stops_the_order():
    day = scene()
    total = shown_total(day.owner)
    Product.objects.filter(pk=day.rug.product_id).update(status="withdrawn")
    with pytest.raises(Conflict, match="Rug"):
        place(day.owner, total=total)


def test_an_address_in_another_country_than_the_prices_is_refused():
    day = scene()
    with pytest.raises(Invalid) as refused:
        place_purchase(
            cart_id=day.owner.cart_id,
            user_id=None,
            email="ana@example.test",
            address=factories.shipping_address("US"),
            market=BRAZIL,
            expected_total=shown_total(day.owner),
            idempotency_key="k",
            at=AT,
        )
    assert "country_code" in refused.value.fields


@pytest.mark.parametrize("email", ["", "ana", "ana@", "a b@example.test"])
def test_a_guest_needs_an_address_we_can_write_to(email):
    with pytest.raises(Invalid) as refused:
        place(scene().owner, email=email)
    assert "email" in refused.value.fields


def test_nobody_orders_the_cart_of_another_account():
    day = scene()
    owner = fill_cart((day.lamp, 1), owner=CartOwner(user_id=factories.user().pk))
    cart_id = open_cart_id(owner=owner)
    with pytest.raises(NotFound):
        place(CartOwner(cart_id=cart_id, user_id=factories.user().pk), total=Money(1, "BRL"))


def test_two_purchases_of_one_guest_are_of_one_buyer_whatever_the_capitals():
    day = scene()
    place(day.owner, email="ana@example.test")
    place(fill_cart((day.lamp, 1)), email="Ana@Example.test")
    assert len(set(Order.objects.values_list("buyer_id", flat=True))) == 1


def test_placing_costs_the_same_number_of_statements_for_one_line_as_for_many(django_assert_max_num_queries):
    day = scene()
    many = factories.product(factories.store(country="BR", currency="BRL"), factories.category())
    owner = fill_cart((day.lamp, 1), (day.rug, 1), (many.variants.get(), 1), *[(factories.variant(many), 1) for _ in range(8)])
    total = shown_total(owner)
    with django_assert_max_num_queries(24):
        place(owner, total=total)


def test_prices_of_the_history_do_not_matter_only_the_one_in_force():
    day = scene()
    Price.objects.filter(variant=day.lamp).update(minor=1)
    assert shown_total(day.owner) == place(day.owner).total


def test_shoppers_of_two_markets_pay_in_their_own_currency():
    day = scene()
    kazakh = cart(owner=day.owner, market=market("KZ", "ru"), at=AT).basket
    assert kazakh.items == Money(2 * 480_000 + 3_000_000, "KZT")


def test_a_price_set_for_a_country_is_the_price_paid_there():
    """The product's page shows it; the cart and the order ask the same."""
    day = scene()
    Price.objects.create(variant=day.lamp, market="BR", minor=700, currency="USD", since=AT)
    placed = place(day.owner)
    line = OrderLine.objects.get(variant=day.lamp)
    assert line.unit_minor == 3360  # USD 7.00 at 4.8
    assert placed.total == Money(Purchase.objects.get().total_minor, "BRL")


def test_a_country_price_that_ended_meanwhile_is_not_given():
    day = scene()
    own = Price.objects.create(variant=day.lamp, market="BR", minor=700, currency="USD", since=AT)
    shown = shown_total(day.owner)
    Price.objects.filter(pk=own.pk).update(until=AT)
    with pytest.raises(Conflict) as refused:
        place(day.owner, total=shown)
    assert refused.value.code == "price.changed"


def test_tax_and_duty_are_frozen_in_the_order_with_what_they_were_reckoned_from():
    day = scene()
    place(day.owner)
    order = Order.objects.get(store_id=day.lamp.product.store_id)
    reckoning = from_json(order.landed)
    assert reckoning.facts.region == "SP"
    assert reckoning.landed.regime == "remessa-50"
    assert order.tax_minor == reckoning.landed.collected.minor > 0
    on_lines = sum(line.tax_minor for line in order.lines.all())
    assert on_lines + reckoning.landed.shipping.collected.minor == order.tax_minor


def test_a_table_loaded_meanwhile_changes_the_price_and_the_buyer_is_told():
    day = scene()
    shown = shown_total(day.owner)
    text = ",".join(COLUMNS["vat"]) + "\nBR,SP,standard,25,,,https://example.org/law,A law\n"
    load_table(text=text, effective_from=AT.date(), at=AT)
    forget_tables()
    with pytest.raises(Conflict) as refused:
        place(day.owner, total=shown)
    assert refused.value.code == "price.changed"
