from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.people.rules import lines_of
from caravan.stores.queries import StoreRow, store_for_member
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.queries.orders import order_for_store, orders_of_store, orders_waiting
from caravan.trade.rules.states import STATUSES, Move, allowed
from caravan.web.guards import signed_in, user_id
from caravan.web.orders.steps import status_words, steps
from caravan.web.request import PageRequest


@signed_in
@require_safe
def orders(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    status = request.GET.get("status", "to_ship")
    page = orders_of_store(user_id=user_id(request), store_slug=slug, status=status, cursor=request.GET.get("after", ""))
    context = {
        **_frame(store),
        "page": page,
        "status": status,
        "statuses": STATUSES,
        "words": status_words(),
        "is_first": "after" not in request.GET,
    }
    return render(request, "seller_orders/orders.html", context)


@signed_in
@require_safe
def order(request: PageRequest, slug: str, number: str) -> HttpResponse:
    return _order(request, slug, number)


@signed_in
@require_POST
def shipment(request: PageRequest, slug: str, number: str) -> HttpResponse:
    """The parcel is with a carrier."""
    try:
        ship_order(
            user_id=user_id(request),
            number=number,
            carrier=request.POST.get("carrier", ""),
            tracking_code=request.POST.get("tracking_code", ""),
            at=now(),
        )
        messages.success(request, _("Shipped. The buyer has been told."))
    except Invalid as refused:
        return _order(request, slug, number, refused)
    except Conflict as refused:
        messages.error(request, refused.detail)
    return redirect("seller-order", slug=slug, number=number)


def _order(request: PageRequest, slug: str, number: str, refused: Invalid | None = None) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    row = order_for_store(user_id=user_id(request), number=number)
    if row.store_id != store.id:
        raise NotFound("order.unknown", _("There is no such order in this store."))
    context = {
        **_frame(store),
        "order": row,
        "steps": steps(row),
        "words": status_words(),
        "address_lines": lines_of(row.address, request.market.language) if row.address else (),
        "can_ship": Move.SHIP in allowed(row.facets),
        "typed": request.POST,
        "errors": refused.fields if refused else {},
    }
    return render(request, "seller_orders/order.html", context, status=refused.status if refused else 200)


def _frame(store: StoreRow) -> dict[str, object]:
    waiting = orders_waiting(store_id=store.id)
    return {"store": store, "section": "orders", "store_counts": {"orders": str(waiting)} if waiting else {}}
