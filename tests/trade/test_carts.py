from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from caravan.catalog.models import Product, Variant
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.money import Money
from caravan.stores.models import Store
from caravan.trade.actions.carts import add_to_cart, create_cart, merge_carts, remove_line, set_quantity
from caravan.trade.queries.carts import cart, cart_count
from caravan.trade.rules.basket import Basket
from caravan.trade.rules.cart import CartOwner
from tests import factories
from tests.factories import AT
from tests.trade.scene import BRAZIL, fill_cart, place, scene

pytestmark = pytest.mark.django_db


def basket(owner: CartOwner) -> Basket:
    return cart(owner=owner, market=BRAZIL, at=AT).basket


def test_a_cart_is_priced_in_the_visitors_currency_and_parcelled_by_store():
    day = scene()
    seen = basket(day.owner)
    assert [(p.store.currency, p.items) for p in sorted(seen.parcels, key=lambda p: p.store.currency, reverse=True)] == [
        ("USD", Money(9_600, "BRL")),
        ("PLN", Money(30_000, "BRL")),
    ]
    assert seen.total == seen.items + seen.shipping + seen.tax
    assert seen.shipping == sum((p.shipping for p in seen.parcels), start=Money.zero("BRL"))


def test_adding_the_same_thing_again_adds_up():
    day = scene()
    add_to_cart(owner=day.owner, variant_id=day.lamp.pk, quantity=3, market=BRAZIL, at=AT)
    assert cart_count(owner=day.owner) == 6


@pytest.mark.parametrize("quantity", [0, -1, 1000])
def test_an_absurd_quantity_is_refused_and_nothing_changes(quantity):
    day = scene()
    with pytest.raises(Invalid):
        set_quantity(owner=day.owner, variant_id=day.lamp.pk, quantity=quantity, at=AT)
    assert cart_count(owner=day.owner) == 3


def test_more_than_there_is_cannot_be_put_into_the_cart():
    day = scene()
    with pytest.raises(Conflict, match="Only 10 of Lamp"):
        add_to_cart(owner=day.owner, variant_id=day.lamp.pk, quantity=9, market=BRAZIL, at=AT)


def test_taking_a_line_out_twice_is_no_error():
    day = scene()
    for _ in range(2):
        assert remove_line(owner=day.owner, variant_id=day.lamp.pk, at=AT).quantity == 0
    assert cart_count(owner=day.owner) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda day: Variant.objects.filter(pk=day.rug.pk).update(stock=0), "sold_out"),
        (lambda day: Product.objects.filter(pk=day.rug.product_id).update(status="blocked"), "gone"),
        (lambda day: Variant.objects.filter(pk=day.rug.pk).update(is_active=False), "gone"),
        (lambda day: Store.objects.filter(country="PL").update(status="suspended"), "gone"),
        (lambda day: Store.objects.filter(country="PL").update(ships_to=["PL", "DE"]), "not_here"),
    ],
)
def test_a_line_that_cannot_be_bought_says_why_and_is_not_counted_in_the_total(change, said):
    day = scene()
    change(day)
    seen = basket(day.owner)
    assert [line.availability for line in seen.unavailable] == [said]
    assert seen.items == Money(9_600, "BRL")
    assert not seen.ready


def test_a_line_shows_the_price_of_now():
    day = scene()
    Variant.objects.filter(pk=day.lamp.pk).update(price_minor=2000)
    assert basket(day.owner).items == Money(2 * 9_600 + 30_000, "BRL")


def test_at_sign_in_the_guests_cart_joins_the_accounts_and_the_larger_quantity_stays():
    day = scene()
    user = CartOwner(user_id=factories.user().pk)
    fill_cart((day.lamp, 1), owner=user)
    for _ in range(2):  # a sign-in repeated, or a second tab
        merge_carts(user_id=user.user_id, cart_id=day.owner.cart_id, market=BRAZIL, at=AT)
    assert {line.wanted.title: line.wanted.quantity for p in basket(user).parcels for line in p.lines} == {"Lamp": 2, "Rug": 1}
    assert cart_count(owner=day.owner) == 0


def test_nobody_takes_over_the_cart_of_another_account():
    day = scene()
    owner = CartOwner(user_id=factories.user().pk)
    theirs = create_cart(owner=owner, market=BRAZIL, at=AT)
    fill_cart((day.lamp, 1), owner=owner)
    merge_carts(user_id=factories.user().pk, cart_id=theirs, market=BRAZIL, at=AT)
    assert cart_count(owner=owner) == 1


def test_holding_the_id_of_an_accounts_cart_opens_nothing():
    day = scene()
    cart_id = create_cart(owner=CartOwner(user_id=factories.user().pk), market=BRAZIL, at=AT)
    assert cart(owner=CartOwner(cart_id=cart_id), market=BRAZIL, at=AT).cart_id is None
    with pytest.raises(NotFound):
        set_quantity(owner=CartOwner(cart_id=cart_id), variant_id=day.lamp.pk, quantity=1, at=AT)


def test_after_ordering_a_new_cart_begins():
    day = scene()
    place(day.owner)
    assert cart_count(owner=day.owner) == 0
    touched = add_to_cart(owner=day.owner, variant_id=day.lamp.pk, quantity=1, market=BRAZIL, at=AT + timedelta(hours=1))
    assert touched.cart_id != day.owner.cart_id
    assert cart_count(owner=replace(day.owner, cart_id=touched.cart_id)) == 1


def test_there_is_nothing_to_add_that_does_not_exist():
    with pytest.raises(NotFound):
        add_to_cart(owner=CartOwner(), variant_id=uuid4(), quantity=1, market=BRAZIL, at=AT)


def test_a_cart_is_read_in_one_statement_however_many_lines_it_has(django_assert_num_queries):
    day = scene()
    basket(day.owner)
    many = factories.product(factories.store(), factories.category())
    owner = fill_cart(*[(factories.variant(many), 1) for _ in range(12)])
    basket(owner)  # what its store says of shipping is known for a minute
    with django_assert_num_queries(1):
        basket(owner)
