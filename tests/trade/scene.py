"""A small market: two stores in two currencies, a guest's cart in Brazil with a thing of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from caravan.catalog.models import Variant
from caravan.kernel.ids import uuid7
from caravan.kernel.markets import market
from caravan.kernel.money import Money
from caravan.trade.actions.carts import add_to_cart
from caravan.trade.actions.paying import Attempt, pay_purchase
from caravan.trade.actions.placing import Placed, place_purchase
from caravan.trade.payments import Card
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.carts import cart, open_cart_id
from caravan.trade.rules.cart import CartOwner
from tests import factories
from tests.factories import AT

BRAZIL = market("BR")
GOOD, DECLINED, CONFIRM, SLOW = "4242424242424242", "4000000000009995", "4000002500003155", "4000000000000077"


@dataclass
class Scene:
    lamp: Variant  # of a US store, 10.00 USD, ten in stock
    rug: Variant  # of a Polish store, 200.00 PLN, three in stock
    owner: CartOwner
    seller_id: UUID


def scene() -> Scene:
    factories.rates()
    seller = factories.user()
    shelf = factories.category()
    lamp = factories.product(factories.store(seller), shelf, title="Lamp", weight_grams=900)
    rug = factories.product(
        factories.store(country="PL", currency="PLN"), shelf, title="Rug", price_minor=20_000, stock=3, weight_grams=4_000
    )
    made = Scene(lamp.variants.get(), rug.variants.get(), CartOwner(), seller.pk)
    made.owner = fill_cart((made.lamp, 2), (made.rug, 1))
    return made


def fill_cart(*wanted: tuple[Variant, int], owner: CartOwner | None = None, at: datetime = AT) -> CartOwner:
    owner = owner or CartOwner()
    for n, (variant, quantity) in enumerate(wanted):
        touched = add_to_cart(owner=owner, variant_id=variant.pk, quantity=quantity, market=BRAZIL, at=at + timedelta(seconds=n))
        owner = owner if owner.user_id else CartOwner(cart_id=touched.cart_id)
    return owner


def shown_total(owner: CartOwner, at: datetime = AT) -> Money:
    """As the checkout shows it once the address is known."""
    return cart(owner=owner, market=BRAZIL, at=at, region=factories.shipping_address("BR").country_area).basket.total


def place(
    owner: CartOwner,
    *,
    key: str = "",
    total: Money | None = None,
    email: str = "ana@example.test",
    at: datetime = AT,
    services: Mapping[str, str] | None = None,
) -> Placed:
    return place_purchase(
        cart_id=owner.cart_id or open_cart_id(owner=owner),
        user_id=owner.user_id,
        email=email,
        address=factories.shipping_address("BR"),
        market=BRAZIL,
        expected_total=total or shown_total(owner, at),
        idempotency_key=key or str(uuid7()),
        at=at,
        services=services or {},
    )


def pay(placed: Placed, number: str = GOOD, *, attempt: str = "", at: datetime = AT) -> Attempt:
    return pay_purchase(
        viewer=Viewer(key=placed.key),
        purchase_id=placed.purchase_id,
        card=Card(number, "08/30", "123"),
        attempt=attempt or str(uuid7()),
        return_url="/back",
        at=at,
    )


def stock(variant: Variant) -> int:
    return Variant.objects.values_list("stock", flat=True).get(pk=variant.pk)
