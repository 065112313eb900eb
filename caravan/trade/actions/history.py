"""Orders out of other records into the tables live trade uses, by COPY. Repeating it changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import connection, transaction

from caravan.kernel.copying import copy_new, copy_rows
from caravan.trade.models import Payment, Purchase
from caravan.trade.rules.history import USUAL_HANDLING_DAYS, PastOrder, PastPurchase, PastRefund
from caravan.trade.rules.terms import TERMS

PURCHASE_COLUMNS = (
    "id", "buyer_id", "idempotency_key", "request_digest", "state", "total_minor", "currency", "placed_at", "pay_by",
)  # fmt: skip
PAYMENT_COLUMNS = (
    "id", "purchase_id", "provider", "provider_ref", "state", "amount_minor", "currency", "reason", "created_at", "settled_at",
)  # fmt: skip
ORDER_COLUMNS = (
    "id", "number", "purchase_id", "store_id", "buyer_id", "market", "language", "currency", "store_currency", "rate",
    "rate_source", "rate_as_of", "rate_margin_bps", "commission_bps",
    "items_minor", "shipping_minor", "tax_minor", "total_minor", "refunded_minor", "refunded_shipping_minor",
    "refunded_tax_minor", "on_time_promise_minor", "total_eur_minor",
    "order_state", "payment_state", "fund_state", "fulfilment_state", "dispute_state", "cancel_state", "cancel_reason",
    "buyer_note", "address", "former_addresses", "landed", "service", "handling_days", "source",
    "external_ref", "placed_at", "paid_at", "shipped_at", "received_at", "completed_at", "cancelled_at", "refunded_at",
    "ship_by_at", "protected_until", "extended_days", "confirm_by", "dispute_until", "available_at", "changed",
)  # fmt: skip
LINE_COLUMNS = (
    "id", "order_id", "number", "product_id", "variant_id", "version_id", "title", "sku", "options", "quantity", "unit_minor",
    "total_minor", "tax_minor", "total_eur_minor", "hs_code", "origin", "shipped_quantity", "refunded_quantity", "refunded_minor",
    "refunded_tax_minor",
)  # fmt: skip
CHARGE_COLUMNS = ("id", "scenario", "state", "reason", "amount_minor", "currency", "return_url", "refunded_minor")


def record_purchases(*, purchases: Sequence[PastPurchase]) -> int:
    """Store checkouts and their payments, in one transaction. Those already here are left alone. Returns how many are new."""
    with transaction.atomic(), connection.cursor() as cursor:
        new = copy_new(cursor, "trade_purchase", PURCHASE_COLUMNS, [_purchase(p) for p in purchases])
        copy_new(cursor, "trade_payment", PAYMENT_COLUMNS, [_payment(p) for p in purchases if p.paid_at])
        copy_new(cursor, "trade_sandboxcharge", CHARGE_COLUMNS, [_charge(p) for p in purchases if p.paid_at and p.sandbox])
    return len(new)


def record_orders(*, orders: Sequence[PastOrder]) -> int:
    """Store whole orders, in one transaction. Those already here are left alone. Returns how many are new.

    Buyers, stores, products and their variants must stand. No event is recorded: nobody is to be mailed about the past.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        new = copy_new(cursor, "trade_order", ORDER_COLUMNS, [_order(o) for o in orders])
        copy_rows(cursor, "trade_orderline", LINE_COLUMNS, [row for o in orders if o.id in new for row in _lines(o)])
    return len(new)


REFUND = """
UPDATE trade_orderline l SET refunded_quantity = r.quantity, refunded_minor = r.minor
FROM unnest(%s::uuid[], %s::int[], %s::bigint[]) AS r(id, quantity, minor) WHERE l.id = r.id
"""
TOUCH = """
UPDATE trade_order o SET refunded_at = r.at,
    payment_state = CASE WHEN whole.is_back THEN 'refunded' ELSE o.payment_state END,
    refunded_minor = CASE WHEN whole.is_back THEN o.total_minor ELSE whole.minor END,
    refunded_shipping_minor = CASE WHEN whole.is_back THEN o.shipping_minor ELSE 0 END
FROM (SELECT order_id, max(at) AS at FROM unnest(%s::uuid[], %s::timestamptz[]) AS t(order_id, at) GROUP BY order_id) r
CROSS JOIN LATERAL (
    SELECT bool_and(refunded_quantity = quantity) AS is_back, sum(refunded_minor) AS minor
    FROM trade_orderline WHERE order_id = r.order_id
) whole
WHERE o.id = r.order_id
"""


def record_refunds(*, refunds: Sequence[PastRefund]) -> int:
    """Set what each line has given back in all (not in addition): repeating it changes nothing. Returns how many lines."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REFUND, [[r.line_id for r in refunds], [r.quantity for r in refunds], [r.minor for r in refunds]])
        touched = int(cursor.rowcount)
        cursor.execute(TOUCH, [[r.order_id for r in refunds], [r.at for r in refunds]])
    return touched


def _purchase(p: PastPurchase) -> tuple[object, ...]:
    state = Purchase.State.PAID if p.paid_at else Purchase.State.LAPSED
    return (p.id, p.buyer_id, f"{p.source}:{p.ref}", "", str(state), p.total_minor, p.currency, p.placed_at, p.placed_at)


def _payment(p: PastPurchase) -> tuple[object, ...]:
    state = Payment.State.REFUNDED if p.refunded else Payment.State.PAID
    provider = "sandbox" if p.sandbox else p.source
    return (p.id, p.id, provider, p.ref, str(state), p.paid_minor, p.currency, "", p.placed_at, p.paid_at)


def _charge(p: PastPurchase) -> tuple[object, ...]:
    return (p.id, "paid", "paid", "", p.paid_minor, p.currency, "", p.paid_minor if p.refunded else 0)


def _order(o: PastOrder) -> tuple[object, ...]:
    total = o.items_minor + o.shipping_minor
    gone, clocks = o.refunded_at is not None, o.clocks
    return (
        o.id, o.number, o.purchase_id, o.store_id, o.buyer_id, o.market, o.language, o.currency, o.store_currency, o.rate,
        "", "", 0, TERMS.commission_bps if o.fund_state != "none" else 0,
        o.items_minor, o.shipping_minor, 0, total, total if gone else 0, o.shipping_minor if gone else 0,
        0, 0, sum(line.eur_minor for line in o.lines) + o.shipping_eur_minor,
        o.order_state, o.payment_state, o.fund_state, o.fulfilment_state, "none", "none", "",
        "", "{}", "[]", "{}", "", USUAL_HANDLING_DAYS, o.source,
        o.ref, o.placed_at, o.paid_at, o.shipped_at, o.received_at, o.received_at, o.cancelled_at, o.refunded_at,
        clocks.ship_by_at, clocks.protected_until, 0, clocks.confirm_by, clocks.dispute_until, clocks.available_at, 0,
    )  # fmt: skip


def _json(options: tuple[tuple[str, str], ...]) -> str:
    return msgspec.json.encode(options).decode()


def _lines(o: PastOrder) -> list[tuple[object, ...]]:
    return [
        (x.id, o.id, n, x.product_id, x.variant_id, x.version_id, x.title, x.sku, _json(x.options), x.quantity,
         x.unit_minor, x.total_minor, 0, x.eur_minor, "", "", x.quantity if o.shipped_at else 0, 0, 0, 0)
        for n, x in enumerate(o.lines, start=1)
    ]  # fmt: skip
