"""Buyers without a browser: whole purchases through the actions, as fast as one process can, in the market the environment names.

    python -m bench.buyers SECONDS SEED       prints how many purchases, and the seconds of processor time they took here, as JSON

One purchase: a cart, one article in it, the order placed (stock taken, event recorded), the payment begun and confirmed. Rates
have to be there (`bench.filler` sees to them).
"""

from __future__ import annotations

import json
import random
import sys
import time
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django
from django.db import connection

if TYPE_CHECKING:
    from caravan.people.rules import PostalAddress

COUNTRY = "BR"


def purchases(seconds: float, seed: int) -> tuple[int, float]:
    """Buy until `seconds` are over; returns how many purchases were placed and paid, and this process's seconds for them."""
    from caravan.kernel.ids import uuid7
    from caravan.kernel.markets import market

    articles, chance, here = variants(), random.Random(seed), market(COUNTRY)
    buy(articles[0], here, uuid7().hex)
    began, spent, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - began < seconds:
        buy(chance.choice(articles), here, uuid7().hex)  # a buyer nobody has seen, also on a market used again
        count += 1
    return count, time.process_time() - spent


def buy(variant_id: UUID, here: Any, name: str) -> None:
    from caravan.kernel.clock import now
    from caravan.kernel.ids import uuid7
    from caravan.trade.actions.carts import add_to_cart
    from caravan.trade.actions.paying import pay_purchase
    from caravan.trade.actions.placing import place_purchase
    from caravan.trade.payments import Card
    from caravan.trade.queries.access import Viewer
    from caravan.trade.queries.carts import cart
    from caravan.trade.rules.cart import CartOwner

    at, address = now(), _address()
    owner = CartOwner(cart_id=add_to_cart(owner=CartOwner(), variant_id=variant_id, quantity=1, market=here, at=at).cart_id)
    assert owner.cart_id is not None
    total = cart(owner=owner, market=here, at=at, region=address.country_area).basket.total
    placed = place_purchase(
        cart_id=owner.cart_id, user_id=None, email=f"bench-{name}@example.test", address=address,
        market=here, expected_total=total, idempotency_key=str(uuid7()), at=at,
    )  # fmt: skip
    paid = pay_purchase(
        viewer=Viewer(key=placed.key), purchase_id=placed.purchase_id, card=Card("4242424242424242", "08/40", "123"), attempt="1",
        return_url="/", at=at,
    )  # fmt: skip
    assert paid.state == "paid", paid


@cache
def _address() -> PostalAddress:
    """Checked before it comes to an action, and so not at every purchase."""
    from tests import factories

    return factories.shipping_address(COUNTRY)


def variants() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_variant WHERE is_active ORDER BY id LIMIT 500")
        return [id for (id,) in cursor.fetchall()]


if __name__ == "__main__":
    django.setup()
    wanted, seed = float(sys.argv[1]), int(sys.argv[2])
    count, cpu = purchases(wanted, seed)
    print(json.dumps({"count": count, "cpu": cpu}))
