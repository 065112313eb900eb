"""Things bought and received, ready to be rated: orders as imports write them, without a checkout."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from caravan.catalog.models import Product
from caravan.people.models import Buyer, User
from caravan.trade.models import Order, OrderLine
from tests.factories import AT, _count


def buyer(user: User | None = None, name: str = "Maria Silva") -> Buyer:
    return Buyer.objects.create(email=f"buyer{next(_count)}@example.test", name=name, country="BR", user=user)


def line(
    product: Product,
    by: Buyer,
    *,
    received: datetime | None = AT,
    paid: datetime | None = None,
    quantity: int = 1,
    eur_minor: int = 2_000,
    market: str = "BR",
) -> OrderLine:
    """One line in an order of its own, paid three days before it was received, or at `paid`."""
    number = f"T-{next(_count)}"
    paid = paid or (received or AT) - timedelta(days=3)
    order = Order.objects.create(
        number=number, store_id=product.store_id, buyer=by, market=market, language="pt", currency="EUR",
        store_currency="EUR", rate=Decimal(1), items_minor=eur_minor, total_minor=eur_minor, total_eur_minor=eur_minor,
        payment_state="paid", fulfilment_state="received" if received else "none", placed_at=paid, paid_at=paid,
        shipped_at=paid if received else None, received_at=received,
    )  # fmt: skip
    return OrderLine.objects.create(
        order=order, number=1, product=product, variant=product.variants.first(), version=product.version, title="A thing",
        sku="x", quantity=quantity, unit_minor=eur_minor // quantity, total_minor=eur_minor, total_eur_minor=eur_minor,
    )  # fmt: skip
