"""Invoices and packing slips for the store."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, NotFound
from caravan.stores.queries import store_for_member
from caravan.trade.actions.papers import issue_invoice
from caravan.trade.queries.orders import OrderRow, order_for_store, orders_by_numbers
from caravan.trade.queries.papers import issued_paper, slips
from caravan.web.guards import signed_in, user_id
from caravan.web.orders.papers import drawn_by, pdf, printed
from caravan.web.request import PageRequest

MOST_SLIPS = 100


@signed_in
@require_safe
def invoice(request: PageRequest, slug: str, number: str) -> HttpResponse:
    order = _order(request, slug, number)
    drawn_by(request)
    try:
        issued = issue_invoice(order_id=order.id, at=now())
    except Conflict as refused:
        messages.error(request, refused.detail)
        return redirect("seller-order", slug=slug, number=number)
    return printed(issued, order.market)


@signed_in
@require_safe
def paper(request: PageRequest, slug: str, number: str, id: UUID) -> HttpResponse:
    order = _order(request, slug, number)
    drawn_by(request)
    found = issued_paper(order.id, id)
    if found is None:
        raise NotFound("paper.unknown", _("There is no such paper."))
    return printed(found, order.market)


@signed_in
@require_safe
def packing_slips(request: PageRequest, slug: str) -> HttpResponse:
    """The slips of the orders chosen (`order`, repeated), in one file."""
    from caravan.trade.papers.slip import packing_slips as draw_slips  # as in `web.orders.papers`

    store = store_for_member(user_id=user_id(request), slug=slug)
    numbers = request.GET.getlist("order")
    drawn_by(request)
    if not numbers or len(numbers) > MOST_SLIPS:
        messages.error(request, _("Choose between 1 and %(most)s orders first.") % {"most": MOST_SLIPS})
        return redirect("seller-orders", slug=slug)
    orders = [o for o in orders_by_numbers(user_id=user_id(request), numbers=numbers) if o.store_id == store.id]
    if not orders:
        raise NotFound("order.unknown", _("There is no such order in this store."))
    return pdf(draw_slips(slips(orders), at=now()), f"packing-slips-{store.slug}.pdf")


def _order(request: PageRequest, slug: str, number: str) -> OrderRow:
    store = store_for_member(user_id=user_id(request), slug=slug)
    order = order_for_store(user_id=user_id(request), number=number)
    if order.store_id != store.id:
        raise NotFound("order.unknown", _("There is no such order in this store."))
    return order
