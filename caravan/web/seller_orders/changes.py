"""What a store decides about an order besides shipping it: cancelling, more time for the buyer, money back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.kernel.money import Money, exponent
from caravan.trade.actions.cancelling import answer_cancel, cancel_by_store
from caravan.trade.actions.changing import extend_protection
from caravan.trade.actions.goodwill import refund_by_store
from caravan.trade.actions.refunding import RefundLine
from caravan.trade.queries.orders import OrderRow, order_for_store
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_orders.views import order_page


@signed_in
@require_POST
def cancel_answer(request: PageRequest, slug: str, number: str) -> HttpResponse:
    granted = request.POST.get("answer") == "grant"
    done = (
        _("The order is cancelled; the buyer gets everything back.")
        if granted
        else _("The buyer has been told that you send it.")
    )
    return _done(
        request, slug, number, done, lambda: answer_cancel(user_id=user_id(request), number=number, granted=granted, at=now())
    )


@signed_in
@require_POST
def cancellation(request: PageRequest, slug: str, number: str) -> HttpResponse:
    done = _("The order is cancelled; the buyer gets everything back.")
    return _done(request, slug, number, done, lambda: cancel_by_store(user_id=user_id(request), number=number, at=now()))


@signed_in
@require_POST
def protection(request: PageRequest, slug: str, number: str) -> HttpResponse:
    days = request.POST.get("days", "")
    return _done(
        request, slug, number, _("The buyer has more time now."),
        lambda: extend_protection(user_id=user_id(request), number=number, days=int(days) if days.isdecimal() else 0, at=now()),
    )  # fmt: skip


@signed_in
@require_POST
def refunds(request: PageRequest, slug: str, number: str) -> HttpResponse:
    def give() -> object:
        row = order_for_store(user_id=user_id(request), number=number)
        lines, shipping = _typed_amounts(request.POST, row)
        attempt = request.POST.get("attempt", "")[:64]
        return refund_by_store(
            user_id=user_id(request), number=number, lines=lines, shipping_minor=shipping, attempt=attempt, at=now()
        )

    return _done(request, slug, number, _("The money is on its way back to the buyer."), give)


def _done(request: PageRequest, slug: str, number: str, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Invalid as refused:
        return order_page(request, slug, number, refused)
    except Conflict as refused:
        messages.error(request, refused.detail)
    else:
        messages.success(request, done)
    return redirect("seller-order", slug=slug, number=number)


def _typed_amounts(posted: Mapping[str, str], row: OrderRow) -> tuple[list[RefundLine], int]:
    """The fields refund-<line> and refund-shipping, in units of the buyer's currency. Raises Invalid, worded by field."""
    currency = row.total.currency
    amounts, wrong = dict[str, int](), dict[str, str]()
    for name in (*(str(line.id) for line in row.lines), "shipping"):
        typed = posted.get(f"refund-{name}", "").strip().replace(",", ".")
        try:
            amounts[name] = Money.parse(f"{typed or 0} {currency}").minor
        except Invalid:
            wrong[f"refund-{name}"] = _("Write an amount with at most %(digits)s decimals.") % {"digits": exponent(currency)}
    if wrong:
        raise Invalid("refund.amount", _("One of the amounts is not valid."), **wrong)
    shipping = amounts.pop("shipping")
    return [RefundLine(UUID(line), 0, minor) for line, minor in amounts.items() if minor], shipping
