"""Orders out of other records into the tables live trade uses, by COPY. Repeating it changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from caravan.kernel.copying import copy_rows, missing
from caravan.trade.models import Order, Payment, Purchase
from caravan.trade.rules.history import PastOrder, PastPurchase, PastRefund

LINE_COLUMNS = (
    "id", "order_id", "number", "product_id", "variant_id", "version_id", "title", "sku", "quantity", "unit_minor", "total_minor",
    "total_eur_minor", "refunded_quantity", "refunded_minor",
)  # fmt: skip


def record_purchases(*, purchases: Sequence[PastPurchase]) -> int:
    """Store checkouts and their payments, in one transaction. Those already here are left alone. Returns how many were sent."""
    with transaction.atomic():
        Purchase.objects.bulk_create((_purchase(p) for p in purchases), batch_size=2000, ignore_conflicts=True)
        paid = (_payment(p) for p in purchases if p.paid_at)
        Payment.objects.bulk_create(paid, batch_size=2000, ignore_conflicts=True)
    return len(purchases)


def record_orders(*, orders: Sequence[PastOrder]) -> int:
    """Store whole orders, in one transaction. Those already here are left alone. Returns how many are new.

    Buyers, stores, products and their variants must stand. No event is recorded: nobody is to be mailed about the past.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        new_ids = missing(cursor, "trade_order", [o.id for o in orders])
        new = [o for o in orders if o.id in new_ids]
        Order.objects.bulk_create(_order(o) for o in new)
        copy_rows(cursor, "trade_orderline", LINE_COLUMNS, [row for o in new for row in _lines(o)])
    return len(new)


REFUND = """
UPDATE trade_orderline l SET refunded_quantity = r.quantity, refunded_minor = r.minor
FROM unnest(%s::uuid[], %s::int[], %s::bigint[]) AS r(id, quantity, minor) WHERE l.id = r.id
"""
TOUCH = """
UPDATE trade_order o SET refunded_at = r.at,
    payment_state = CASE WHEN EXISTS (
        SELECT 1 FROM trade_orderline l WHERE l.order_id = o.id AND l.refunded_quantity < l.quantity
    ) THEN o.payment_state ELSE 'refunded' END
FROM (SELECT order_id, max(at) AS at FROM unnest(%s::uuid[], %s::timestamptz[]) AS t(order_id, at) GROUP BY order_id) r
WHERE o.id = r.order_id
"""


def record_refunds(*, refunds: Sequence[PastRefund]) -> int:
    """Set what each line has given back in all (not in addition): repeating it changes nothing. Returns how many lines."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REFUND, [[r.line_id for r in refunds], [r.quantity for r in refunds], [r.minor for r in refunds]])
        touched = int(cursor.rowcount)
        cursor.execute(TOUCH, [[r.order_id for r in refunds], [r.at for r in refunds]])
    return touched


def _purchase(p: PastPurchase) -> Purchase:
    return Purchase(
        id=p.id,
        buyer_id=p.buyer_id,
        idempotency_key=f"{p.source}:{p.ref}",
        state=Purchase.State.PAID if p.paid_at else Purchase.State.LAPSED,
        total_minor=p.total_minor,
        currency=p.currency,
        placed_at=p.placed_at,
        pay_by=p.placed_at,
    )


def _payment(p: PastPurchase) -> Payment:
    return Payment(
        id=p.id,
        purchase_id=p.id,
        provider=p.source,
        provider_ref=p.ref,
        state=Payment.State.REFUNDED if p.refunded else Payment.State.PAID,
        amount_minor=p.paid_minor,
        currency=p.currency,
        created_at=p.placed_at,
        settled_at=p.paid_at,
    )


def _order(o: PastOrder) -> Order:
    items = o.items_minor
    return Order(
        id=o.id,
        number=o.number,
        purchase_id=o.purchase_id,
        store_id=o.store_id,
        buyer_id=o.buyer_id,
        market=o.market,
        language=o.language,
        currency=o.currency,
        store_currency=o.store_currency,
        rate=o.rate,
        items_minor=items,
        shipping_minor=o.shipping_minor,
        total_minor=items + o.shipping_minor,
        total_eur_minor=sum(line.eur_minor for line in o.lines) + o.shipping_eur_minor,
        order_state=o.order_state,
        payment_state=o.payment_state,
        fulfilment_state=o.fulfilment_state,
        source=o.source,
        external_ref=o.ref,
        placed_at=o.placed_at,
        paid_at=o.paid_at,
        shipped_at=o.shipped_at,
        received_at=o.received_at,
        cancelled_at=o.cancelled_at,
        refunded_at=o.refunded_at,
    )


def _lines(o: PastOrder) -> list[tuple[object, ...]]:
    return [
        (x.id, o.id, n, x.product_id, x.variant_id, x.version_id, x.title, x.sku, x.quantity, x.unit_minor, x.total_minor,
         x.eur_minor, 0, 0)
        for n, x in enumerate(o.lines, start=1)
    ]  # fmt: skip
