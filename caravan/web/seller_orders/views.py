from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.kernel.errors import Invalid, NotFound
from caravan.kernel.ids import uuid7
from caravan.people.rules import lines_of
from caravan.shipping.queries import carriers
from caravan.stores.queries import StoreRow, store_for_member
from caravan.trade.queries.notes import notes_of_order
from caravan.trade.queries.orders import order_for_store, orders_of_store, orders_waiting
from caravan.trade.queries.papers import papers_of_order
from caravan.trade.queries.parcels import parcels_of_order
from caravan.trade.queries.standing import standing_of
from caravan.trade.rules.states import STATUSES, Move, allowed
from caravan.web.cart.savings import taken_off
from caravan.web.guards import signed_in, user_id
from caravan.web.landed import order_landed
from caravan.web.orders.parcels import parcel_views, tracking_words
from caravan.web.orders.standing import clocks_for_store, refund_reasons, refund_states
from caravan.web.orders.steps import status_words, steps
from caravan.web.request import PageRequest


@signed_in
@require_safe
def orders(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    status = request.GET.get("status", "to_ship")
    page = orders_of_store(user_id=user_id(request), store_slug=slug, status=status, cursor=request.GET.get("after", ""))
    context = {
        **frame(store),
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
    return order_page(request, slug, number)


def order_page(request: PageRequest, slug: str, number: str, refused: Invalid | None = None) -> HttpResponse:
    """The order; after a refusal with what was typed. Raises NotFound for another store's."""
    store = store_for_member(user_id=user_id(request), slug=slug)
    row = order_for_store(user_id=user_id(request), number=number)
    if row.store_id != store.id:
        raise NotFound("order.unknown", _("There is no such order in this store."))
    moves, standing = allowed(row.facets), standing_of(row.id)
    context = {
        **frame(store),
        "order": row,
        "steps": steps(row),
        "parcels": parcel_views(parcels_of_order(row.id)),
        "papers": papers_of_order(row.id),
        "notes": notes_of_order(row.id),
        "carriers": [carrier.name for carrier in carriers()],
        "tracking_words": list(tracking_words().items()),
        "attempt": uuid7(),
        "words": status_words(),
        "landed": order_landed(row, request.market.language),
        "cuts": taken_off(row),
        "address_lines": lines_of(row.address, request.market.language) if row.address else (),
        "standing": standing,
        "clocks": clocks_for_store(row, standing),
        "reasons": refund_reasons(),
        "refund_states": refund_states(),
        "refund_fields": [f"refund-{name}" for name in (*(line.id for line in row.lines), "shipping")],
        "can_answer_cancel": Move.REFUSE_CANCEL in moves,
        "can_cancel": Move.CANCEL_BY_STORE in moves,
        "can_extend": Move.EXTEND in moves and not standing.extended_days,
        "can_refund": standing.earning is not None and row.facets.dispute != "open",
        "can_ship": Move.SHIP in moves and any(line.left for line in row.lines),
        "typed": request.POST,
        "errors": refused.fields if refused else {},
    }
    return render(request, "seller_orders/order.html", context, status=refused.status if refused else 200)


def frame(store: StoreRow) -> dict[str, object]:
    """What every page of orders shows around itself."""
    waiting = orders_waiting(store_id=store.id)
    return {"store": store, "section": "orders", "store_counts": {"orders": str(waiting)} if waiting else {}}
