"""A store's money for its own system: what it has, the statement that adds up to it, and what it gives back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caravan.api.endpoint import Call, Nothing, Page, Shape, endpoint
from caravan.api.v1.shapes import Amount
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.ledger.queries import StatementRow, statement
from caravan.stores.queries import store_for_member
from caravan.trade.actions import cancelling
from caravan.trade.actions.goodwill import refund_by_store
from caravan.trade.actions.refunding import RefundLine
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer, order_for_store
from caravan.trade.queries.payouts import StoreMoney, numbers_of, payout_terms, store_money
from caravan.trade.queries.standing import RefundRow, standing_of

LONGEST = 200  # rows of a page


class BalanceShape(Shape, frozen=True):
    """What a store has, in one currency (`name`). Of `earned` the time for disputes runs; `held`: why nothing is paid out."""

    id: str
    name: str
    earned: Amount
    available: Amount
    reserve: Amount
    on_the_way: Amount
    paid_out: Amount
    held: str


class EntryShape(Shape, frozen=True):
    """A movement: `amount` is what it changed, `balance` what there was then; `name` is its kind, `cause` the event behind it."""

    id: str
    name: str
    at: datetime
    order: str | None
    cause: UUID
    amount: Amount
    commission: Amount
    balance: Amount


class StatementQuery(Shape, frozen=True):
    """`currency`: the store's own if empty. `since` inclusive, `until` not."""

    currency: str = ""
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 50
    cursor: str = ""


class RefundShape(Shape, frozen=True):
    """`state`: requested, sent, done, failed (the provider refused; the operator looks). `name` is the reason's code."""

    id: UUID
    name: str
    state: str
    items: Amount
    shipping: Amount
    tax: Amount
    total: Amount
    decided_at: datetime
    paid_at: datetime | None


class RefundLineBody(Shape, frozen=True):
    """`amount` of the line, e.g. "5.00 BRL"; its tax goes back with it. `quantity`: pieces it stands for, 0 for none."""

    line_id: UUID
    amount: str
    quantity: int = 0


class RefundBody(Shape, frozen=True):
    """`attempt` is new for each refund: the same one again is the same refund."""

    attempt: str
    lines: list[RefundLineBody] = []
    shipping: str = ""


class CancelBody(Shape, frozen=True):
    reason: str = ""


class AnswerBody(Shape, frozen=True):
    granted: bool


class KeyQuery(Shape, frozen=True):
    """`key`: a guest's, from the letter."""

    key: str = ""


class CancelShape(Shape, frozen=True):
    """`state`: none, asked, granted, refused."""

    id: str
    name: str
    state: str


@endpoint("GET", "stores/{slug}/balances", answer=Page[BalanceShape], auth="required")
def list_balances(call: Call[Nothing, None], slug: str) -> Page[BalanceShape]:
    """As a member of the store: what it has, by currency"""
    store = store_for_member(user_id=call.user_id, slug=slug)
    return Page(items=[_balance(one) for one in store_money(store, payout_terms(store.id, call.at), call.at)])


@endpoint("GET", "stores/{slug}/statement", answer=Page[EntryShape], query=StatementQuery, auth="required")
def read_statement(call: Call[StatementQuery, None], slug: str) -> Page[EntryShape]:
    """As a member of the store: what moved on its accounts, newest first"""
    q = call.query
    if not 1 <= q.limit <= LONGEST:
        raise Invalid("limit", f"A page holds 1 to {LONGEST}.", limit=f"1 to {LONGEST}")
    store = store_for_member(user_id=call.user_id, slug=slug)
    page = statement(store.id, q.currency or store.currency, since=q.since, until=q.until, cursor=q.cursor, limit=q.limit)
    numbers = numbers_of([row.order_id for row in page.rows if row.order_id])
    return Page(
        items=[_entry(row, numbers.get(row.order_id) if row.order_id else None) for row in page.rows], next=page.next_cursor
    )


@endpoint("GET", "orders/{number}/refunds", answer=Page[RefundShape], auth="required")
def list_refunds(call: Call[Nothing, None], number: str) -> Page[RefundShape]:
    """As a member of the store: what went back of an order"""
    return _refunds(order_for_store(user_id=call.user_id, number=number).id)


@endpoint("POST", "orders/{number}/refunds", answer=Page[RefundShape], body=RefundBody, auth="required", status=201)
def give_back(call: Call[Nothing, RefundBody], number: str) -> Page[RefundShape]:
    """As a member of the store: give money back for lines or for the shipping, to the cent"""
    body = call.body
    if not 1 <= len(body.attempt) <= 80:
        raise Invalid(
            "refund.attempt", "Send an attempt of 1 to 80 characters, new for each refund.", attempt="1 to 80 characters"
        )
    order = order_for_store(user_id=call.user_id, number=number)
    refund_by_store(
        user_id=call.user_id,
        number=number,
        lines=[RefundLine(one.line_id, one.quantity, _minor(one.amount, order.total.currency)) for one in body.lines],
        shipping_minor=_minor(body.shipping, order.total.currency) if body.shipping else 0,
        attempt=f"api:{body.attempt}",
        at=call.at,
    )
    return _refunds(order.id)


@endpoint(
    "POST", "orders/{number}/cancel-request", answer=CancelShape, query=KeyQuery, body=CancelBody, auth="optional", status=201
)
def ask_to_cancel(call: Call[KeyQuery, CancelBody], number: str) -> CancelShape:
    """As the buyer: ask the store to cancel a paid order that is not shipped"""
    viewer = Viewer(user_id=call.account_id, key=call.query.key)
    cancelling.ask_cancel(viewer=viewer, number=number, reason=call.body.reason, at=call.at)
    return CancelShape(id=number, name=number, state=order_for_buyer(viewer=viewer, number=number).facets.cancel)


@endpoint("POST", "orders/{number}/cancel-answer", answer=CancelShape, body=AnswerBody, auth="required", status=201)
def answer_to_cancel(call: Call[Nothing, AnswerBody], number: str) -> CancelShape:
    """As a member of the store: grant or refuse what the buyer asked"""
    cancelling.answer_cancel(user_id=call.user_id, number=number, granted=call.body.granted, at=call.at)
    return CancelShape(id=number, name=number, state=order_for_store(user_id=call.user_id, number=number).facets.cancel)


@endpoint("POST", "orders/{number}/cancellation", answer=CancelShape, auth="required", status=201)
def cancel(call: Call[Nothing, None], number: str) -> CancelShape:
    """As a member of the store: call off a paid order that cannot be shipped; everything goes back"""
    cancelling.cancel_by_store(user_id=call.user_id, number=number, at=call.at)
    return CancelShape(id=number, name=number, state=order_for_store(user_id=call.user_id, number=number).facets.cancel)


def _minor(text: str, currency: str) -> int:
    amount = Money.parse(text)
    if amount.currency != currency:
        raise Invalid("refund.currency", f"This order is in {currency}.", amount=f"in {currency}")
    return amount.minor


def _refunds(order_id: UUID) -> Page[RefundShape]:
    return Page(items=[_refund(one) for one in standing_of(order_id).refunds])


def _refund(one: RefundRow) -> RefundShape:
    return RefundShape(
        id=one.id, name=one.reason, state=one.state, items=Amount.of(one.items), shipping=Amount.of(one.shipping),
        tax=Amount.of(one.tax), total=Amount.of(one.total), decided_at=one.decided_at, paid_at=one.paid_at,
    )  # fmt: skip


def _balance(one: StoreMoney) -> BalanceShape:
    currency = one.available.currency
    return BalanceShape(
        id=currency, name=currency, earned=Amount.of(one.earned), available=Amount.of(one.available),
        reserve=Amount.of(one.reserve), on_the_way=Amount.of(one.on_the_way), paid_out=Amount.of(one.paid_out),
        held=one.held or "",
    )  # fmt: skip


def _entry(row: StatementRow, order: str | None) -> EntryShape:
    return EntryShape(
        id=str(row.posting_id), name=row.kind, at=row.at, order=order, cause=row.cause, amount=Amount.of(row.amount),
        commission=Amount.of(row.commission), balance=Amount.of(row.balance),
    )  # fmt: skip
