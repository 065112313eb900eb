"""Orders as their buyer and their store see them. Fetching is authorising: what is not yours is not found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money, Rate
from caravan.people.rules import PostalAddress
from caravan.tax.rules.record import Reckoning, from_json
from caravan.trade.models import Order
from caravan.trade.queries.access import Viewer, access_key, may_see
from caravan.trade.queries.carts import options_of
from caravan.trade.rules.states import Facets, status
from caravan.trade.rules.terms import ship_by


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """A line as it was sold; `slug`, `picture` (digest or empty), `category` (path) and `options`, (code, value) pairs that tell
    the variant from the others, are the product's now. `shipped`, `refunded`: pieces."""

    id: UUID
    product_id: UUID
    variant_id: UUID
    version_id: UUID
    slug: str
    picture: str
    category: str
    options: tuple[tuple[str, str], ...]
    title: str
    sku: str
    quantity: int
    unit: Money
    total: Money
    tax: Money
    shipped: int
    refunded: int

    @property
    def left(self) -> int:
        """Pieces still to be sent."""
        return max(0, self.quantity - self.refunded - self.shipped)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """`status` is one of `rules.states.STATUSES`; `key` opens the order for a guest (empty for imported ones).

    `tax` is what the buyer paid us of tax and duty, `reckoning` how it came about (None for orders without).
    `payment_state` tells a lapsed order from one that was called off. `ship_by` stands once it is paid.
    """

    id: UUID
    number: str
    purchase_id: UUID | None
    key: str
    status: str
    facets: Facets
    store_id: UUID
    store_slug: str
    store_name: str
    store_country: str
    buyer_name: str
    buyer_email: str
    market: str
    language: str
    items: Money
    shipping: Money
    tax: Money
    total: Money
    reckoning: Reckoning | None
    store_currency: str
    exchange: Rate | None
    address: PostalAddress | None
    buyer_note: str
    deliver_from: date | None
    deliver_until: date | None
    placed_at: datetime
    pay_by: datetime | None
    paid_at: datetime | None
    ship_by: date | None
    shipped_at: datetime | None
    received_at: datetime | None
    cancelled_at: datetime | None
    refunded_at: datetime | None  # the last time anything was given back
    lines: tuple[OrderLineRow, ...]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Newest first. `next_cursor` fetches what follows, None at the end."""

    orders: tuple[OrderRow, ...]
    next_cursor: str | None


_OVER = Q(order_state="cancelled") | Q(payment_state__in=["awaiting", "lapsed", "voided", "refunded"])
_QUIET = ~_OVER & ~Q(dispute_state="open") & ~Q(cancel_state="asked")
_WHERE = {
    "to_pay": Q(order_state="placed", payment_state="awaiting"),
    "to_ship": _QUIET & Q(fulfilment_state="none"),
    "cancel_asked": ~_OVER & ~Q(dispute_state="open") & Q(cancel_state="asked"),
    "part_shipped": _QUIET & Q(fulfilment_state="part_shipped"),
    "on_the_way": _QUIET & Q(fulfilment_state="shipped"),
    "delivered": _QUIET & Q(fulfilment_state="delivered"),
    "disputed": ~_OVER & Q(dispute_state="open"),
    "received": _QUIET & Q(fulfilment_state="received"),
    "refunded": Q(payment_state="refunded"),
    "cancelled": Q(order_state="cancelled") & ~Q(payment_state="refunded"),
}


def order_for_buyer(*, viewer: Viewer, number: str) -> OrderRow:
    """The order if it is the viewer's, by account or by key; else NotFound."""
    found = _rows(Order.objects.filter(number=number))[:1]
    for row, buyer_user_id in _read(found):
        if may_see(viewer, purchase_id=row.purchase_id, buyer_user_id=buyer_user_id):
            return row
    raise _unknown()


def order_for_store(*, user_id: UUID, number: str) -> OrderRow:
    """The order if the user acts for its store; else NotFound."""
    for row, _buyer in _read(_rows(_of_member(user_id).filter(number=number))[:1]):
        return row
    raise _unknown()


def orders_of_buyer(*, user_id: UUID, cursor: str = "", limit: int = 20) -> OrderPage:
    """What an account bought."""
    return _page(Order.objects.filter(buyer__user_id=user_id), cursor, limit)


def orders_of_purchase(*, viewer: Viewer, purchase_id: UUID) -> tuple[OrderRow, ...]:
    """The orders placed at once, by store. Raises NotFound unless they are the viewer's."""
    with connection.cursor() as cursor:
        cursor.execute(_of_purchase(), [purchase_id])
        names = [column.name for column in cursor.description]
        found = [_plain(zip(names, row, strict=True)) for row in cursor.fetchall()]
    read = _read(found)
    mine = tuple(row for row, buyer in read if may_see(viewer, purchase_id=row.purchase_id, buyer_user_id=buyer))
    if not mine:
        raise _unknown()
    return mine


@lru_cache
def _of_purchase() -> str:
    """Written by the ORM once: every checkout is answered with it, and every letter about one written from it."""
    sql, _params = _rows(Order.objects.filter(purchase_id=UUID(int=0))).order_by("store_id").query.sql_with_params()
    return str(sql)


def _plain(columns: Iterable[tuple[str, Any]]) -> SimpleNamespace:
    """What `_row` reads of an order, without the model around it."""
    order = SimpleNamespace(**dict(columns))
    order.address, order.landed = json.loads(order.address), json.loads(order.landed)
    return order


def orders_of_store(*, user_id: UUID, store_slug: str, status: str = "", cursor: str = "", limit: int = 20) -> OrderPage:
    """What a store sold, for someone who acts for it; for others there is nothing. `status`: one of STATUSES, or all."""
    orders = _of_member(user_id).filter(store__slug=store_slug)
    return _page(orders.filter(_WHERE[status]) if status in _WHERE else orders, cursor, limit)


def orders_waiting(*, store_id: UUID) -> int:
    """Paid orders the store has not shipped yet."""
    return Order.objects.filter(_WHERE["to_ship"], store_id=store_id).count()


def orders_by_numbers(*, user_id: UUID, numbers: Sequence[str]) -> tuple[OrderRow, ...]:
    """Those of the orders that are of stores the user acts for, oldest first."""
    found = _read(_rows(_of_member(user_id).filter(number__in=numbers)).order_by("placed_at", "id"))
    return tuple(row for row, _buyer in found)


def unsent(store_id: UUID) -> QuerySet[Order]:
    """Paid orders of the store of which pieces are still to be sent."""
    return Order.objects.filter(_WHERE["to_ship"] | _WHERE["part_shipped"], store_id=store_id)


def order_by_id(order_id: UUID) -> OrderRow:
    """For whoever acts on an event of this order. Raises NotFound."""
    for row, _buyer in _read(_rows(Order.objects.filter(pk=order_id))):
        return row
    raise _unknown()


def _of_member(user_id: UUID) -> QuerySet[Order]:
    return Order.objects.filter(store__memberships__user_id=user_id)


def _page(orders: QuerySet[Order], cursor: str, limit: int) -> OrderPage:
    if cursor:
        last = Order.objects.filter(number=cursor).values_list("placed_at", "id").first()
        if last:
            orders = orders.filter(Q(placed_at__lt=last[0]) | Q(placed_at=last[0], id__lt=last[1]))
    read = [row for row, _buyer in _read(_rows(orders).order_by("-placed_at", "-id")[: limit + 1])]
    return OrderPage(tuple(read[:limit]), read[limit - 1].number if len(read) > limit else None)


def _rows(orders: QuerySet[Order]) -> QuerySet[Order]:
    # The stores and buyers of other rooms, as columns: no model of theirs is touched.
    return orders.annotate(
        store_slug=F("store__slug"),
        store_name=F("store__name"),
        store_country=F("store__country"),
        buyer_user=F("buyer__user_id"),
        buyer_email=F("buyer__email"),
        buyer_name=F("buyer__name"),
        pay_by=F("purchase__pay_by"),
    )


def _read(orders: Iterable[Any]) -> list[tuple[OrderRow, UUID | None]]:
    """The orders with their lines: two statements."""
    found = list(orders)
    lines = _lines([order.id for order in found])
    return [(_row(order, lines.get(order.id, [])), order.buyer_user) for order in found]


_LINES = """
SELECT l.order_id, l.id, l.product_id, l.variant_id, l.version_id, p.slug, p.cover_digest, cat.path, l.options, l.title, l.sku,
       l.quantity, l.unit_minor, l.total_minor, l.tax_minor, l.shipped_quantity, l.refunded_quantity
FROM trade_orderline l JOIN catalog_product p ON p.id = l.product_id JOIN catalog_category cat ON cat.id = p.category_id
WHERE l.order_id {which} ORDER BY l.order_id, l.number
"""
# Of one order, which is nearly always: with an array the server would plan the statement anew each time.
_OF_ONE, _OF_MANY = _LINES.format(which="= %s"), _LINES.format(which="= ANY(%s)")


def _lines(order_ids: Sequence[UUID]) -> dict[UUID, list[tuple[Any, ...]]]:
    grouped: dict[UUID, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(*((_OF_ONE, [order_ids[0]]) if len(order_ids) == 1 else (_OF_MANY, [list(order_ids)])))
        for order_id, *rest in cursor.fetchall():
            grouped.setdefault(order_id, []).append(tuple(rest))
    return grouped


def _row(order: Any, lines: Sequence[tuple[Any, ...]]) -> OrderRow:
    facets = Facets(
        order.order_state, order.payment_state, order.fulfilment_state, order.fund_state, order.dispute_state, order.cancel_state
    )

    def money(minor: int) -> Money:
        return Money(minor, order.currency)

    return OrderRow(
        id=order.id,
        number=order.number,
        purchase_id=order.purchase_id,
        key=access_key(order.purchase_id) if order.purchase_id else "",
        status=status(facets),
        facets=facets,
        store_id=order.store_id,
        store_slug=order.store_slug,
        store_name=order.store_name,
        store_country=order.store_country,
        buyer_name=order.buyer_name,
        buyer_email=order.buyer_email,
        market=order.market,
        language=order.language or "en",
        items=money(order.items_minor),
        shipping=money(order.shipping_minor),
        tax=money(order.tax_minor),
        reckoning=from_json(order.landed),
        total=money(order.total_minor),
        store_currency=order.store_currency,
        exchange=_exchange(order),
        address=_address(order.address),
        buyer_note=order.buyer_note,
        deliver_from=order.deliver_from,
        deliver_until=order.deliver_until,
        placed_at=order.placed_at,
        pay_by=order.pay_by,
        paid_at=order.paid_at,
        ship_by=ship_by(order.paid_at, order.handling_days) if order.paid_at else None,
        shipped_at=order.shipped_at,
        received_at=order.received_at,
        cancelled_at=order.cancelled_at,
        refunded_at=order.refunded_at,
        lines=tuple(
            OrderLineRow(
                line,
                product,
                variant,
                version,
                slug,
                digest,
                category,
                options_of(options),
                title,
                sku,
                n,
                money(unit),
                money(sum_),
                money(tax),
                sent,
                back,
            )
            for (line, product, variant, version, slug, digest, category, options, title, sku, n, unit, sum_, tax, sent, back)
            in lines
        ),
    )  # fmt: skip


def _exchange(order: Any) -> Rate | None:
    """The rate frozen in the order; None in one currency, and for orders of the past that kept none."""
    if order.currency == order.store_currency or not order.rate_source:
        return None
    return Rate(
        order.store_currency, order.currency, order.rate, order.rate_as_of, order.rate_source, margin_bps=order.rate_margin_bps
    )


def _address(raw: dict[str, str]) -> PostalAddress | None:
    known = {field.name for field in fields(PostalAddress)}
    return PostalAddress(**{name: value for name, value in raw.items() if name in known}) if raw.get("name") else None


def _unknown() -> NotFound:
    return NotFound("order.unknown", _("There is no such order, or this link is not complete."))
