"""Paid orders of a store, as many as asked: `python -m tests.journeys.many_orders SLUG COUNT`. Run with the market's settings."""

from __future__ import annotations

import sys

import django


def order(slug: str, count: int) -> None:
    from caravan.catalog.models import Variant
    from caravan.kernel.clock import now
    from caravan.kernel.markets import market
    from caravan.people.rules.addresses import check
    from caravan.trade.actions.carts import add_to_cart
    from caravan.trade.actions.paying import pay_purchase
    from caravan.trade.actions.placing import place_purchase
    from caravan.trade.payments import Card
    from caravan.trade.queries.access import Viewer
    from caravan.trade.queries.carts import cart
    from caravan.trade.rules.cart import CartOwner

    us = market("US", "en")
    address = check({
        "name": "Gail Guest", "country_code": "US", "street_address": "1 Main Street", "city": "Springfield",
        "country_area": "IL", "postal_code": "62701",
    })  # fmt: skip
    goods = Variant.objects.filter(product__store__slug=slug, product__status="active", is_active=True)
    variant = goods.order_by("id").first()
    assert variant is not None
    Variant.objects.filter(pk=variant.pk).update(stock=count)
    for n in range(count):
        at = now()
        put = add_to_cart(owner=CartOwner(), variant_id=variant.pk, quantity=1, market=us, at=at)
        owner = CartOwner(cart_id=put.cart_id)
        total = cart(owner=owner, market=us, at=at, region="IL").basket.total
        placed = place_purchase(
            cart_id=put.cart_id, user_id=None, email=f"guest{n}@example.test", address=address, market=us, expected_total=total,
            idempotency_key=f"many-{n}", at=at,
        )  # fmt: skip
        pay_purchase(
            viewer=Viewer(key=placed.key), purchase_id=placed.purchase_id, card=Card("4242424242424242", "08/40", "123"),
            attempt="1", return_url="/", at=at,
        )  # fmt: skip
        print(placed.orders[0].number)


if __name__ == "__main__":
    django.setup()
    order(sys.argv[1], int(sys.argv[2]))
