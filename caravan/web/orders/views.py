from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict
from caravan.people.rules import lines_of
from caravan.trade.actions.closing import cancel_unpaid
from caravan.trade.actions.completing import receive_order
from caravan.trade.queries.disputes import may_open
from caravan.trade.queries.orders import order_for_buyer, orders_of_buyer
from caravan.trade.queries.papers import papers_of_order
from caravan.trade.queries.parcels import parcels_of_order
from caravan.trade.queries.standing import standing_of
from caravan.trade.rules.states import Move, allowed
from caravan.web.cart.savings import taken_off
from caravan.web.checkout.viewer import keyed, viewer_of
from caravan.web.guards import signed_in, user_id
from caravan.web.landed import order_landed
from caravan.web.orders.parcels import parcel_views
from caravan.web.orders.standing import clocks_for_buyer, refund_reasons, refund_states
from caravan.web.orders.steps import status_words, steps
from caravan.web.request import PageRequest


@signed_in
@require_safe
def orders(request: PageRequest) -> HttpResponse:
    page = orders_of_buyer(user_id=user_id(request), cursor=request.GET.get("after", ""))
    return render(request, "orders/orders.html", {"page": page, "words": status_words(), "is_first": "after" not in request.GET})


@require_safe
def order(request: PageRequest, number: str) -> HttpResponse:
    """One order, for the account that placed it or for a guest with the key of their letter."""
    viewer = viewer_of(request)
    row = order_for_buyer(viewer=viewer, number=number)
    moves, standing = allowed(row.facets), standing_of(row.id)
    context = {
        "order": row,
        "key": viewer.key,
        "steps": steps(row),
        "papers": papers_of_order(row.id),
        "parcels": parcel_views(parcels_of_order(row.id)),
        "words": status_words(),
        "landed": order_landed(row, request.market.language),
        "cuts": taken_off(row),
        "address_lines": lines_of(row.address, request.market.language) if row.address else (),
        "can_pay": Move.PAY in moves and row.purchase_id is not None,
        "can_cancel": Move.VOID in moves and row.purchase_id is not None,
        "can_receive": Move.RECEIVE in moves,
        "can_ask_cancel": Move.ASK_CANCEL in moves,
        "can_change_address": Move.CHANGE_ADDRESS in moves and row.address is not None,
        "standing": standing,
        "clocks": clocks_for_buyer(row, standing),
        "reasons": refund_reasons(),
        "refund_states": refund_states(),
        "can_dispute": Move.OPEN_DISPUTE in moves and may_open(row.id, now()),
    }
    return render(request, "orders/order.html", context)


@require_POST
def receipt(request: PageRequest, number: str) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        receive_order(viewer=viewer, number=number, at=now())
        messages.success(request, _("Thank you. Tell others how it was: your feedback helps the next buyer."))
    except Conflict as refused:
        messages.error(request, refused.detail)
    return redirect(keyed("order", viewer.key, number=number))


@require_POST
def cancellation(request: PageRequest, number: str) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        cancel_unpaid(viewer=viewer, number=number, at=now())
        messages.success(request, _("The order is cancelled. Nothing was charged."))
    except Conflict as refused:
        messages.error(request, refused.detail)
    return redirect(keyed("order", viewer.key, number=number))
