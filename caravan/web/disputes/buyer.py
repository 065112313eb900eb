from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.people.rules.limits import per_hour
from caravan.trade.actions.disputes import Complaint, open_dispute
from caravan.trade.queries.disputes import DisputeRow, disputable, dispute_for, dispute_of, may_open
from caravan.trade.queries.orders import OrderRow, order_for_buyer
from caravan.trade.queries.sides import Side, buyer_side
from caravan.trade.rules.disputes import Party, Reason, Remedy, remedies
from caravan.web.checkout.viewer import keyed, viewer_of
from caravan.web.disputes.acts import attach, minor_of, perform
from caravan.web.disputes.file import serve, shown
from caravan.web.disputes.words import words
from caravan.web.guards import limited
from caravan.web.request import PageRequest


@require_http_methods(["GET", "HEAD", "POST"])
@limited("dispute", per_hour(60))
def dispute(request: PageRequest, number: str) -> HttpResponse:
    """The dispute about an order, or the form that opens one."""
    viewer = viewer_of(request)
    side = buyer_side(viewer=viewer, number=number)
    order = order_for_buyer(viewer=viewer, number=number)
    if request.method == "POST":
        return _open(request, side, order)
    row = dispute_of(side)
    if row and not (row.outcome == "withdrawn" and "again" in request.GET):
        return _file(request, row)
    if not may_open(order.id, now()):
        raise NotFound("dispute.none", _("This order cannot be disputed at this time: see the order for what comes next."))
    return _form(request, order)


@require_POST
@limited("dispute", per_hour(60))
def act(request: PageRequest, number: str, noun: str) -> HttpResponse:
    viewer = viewer_of(request)
    side = buyer_side(viewer=viewer, number=number)
    if refused := perform(request, side, noun):
        return _file(request, dispute_for(side), noun, refused)
    return redirect(keyed("dispute", viewer.key, number=number))


@require_safe
def evidence(request: PageRequest, number: str, id: UUID) -> HttpResponseBase:
    return serve(buyer_side(viewer=viewer_of(request), number=number), id)


def _open(request: PageRequest, side: Side, order: OrderRow) -> HttpResponse:
    key, at = viewer_of(request).key, now()
    try:
        open_dispute(side=side, complaint=_complaint(request, order), at=at)
    except Invalid as refused:
        return _form(request, order, refused)
    except Conflict as refused:
        messages.error(request, refused.detail)
        return redirect(keyed("order", key, number=order.number))
    messages.success(request, _("The dispute is open. The store has five days to answer."))
    if request.FILES.get("file"):
        try:
            attach(request, side, at)
        except (Invalid, Conflict) as refused:
            messages.error(request, refused.detail)
    return redirect(keyed("dispute", key, number=order.number))


def _complaint(request: PageRequest, order: OrderRow) -> Complaint:
    typed = {line.id: request.POST.get(f"pieces-{line.id}", "") for line in order.lines}
    return Complaint(
        reason=request.POST.get("reason", ""),
        pieces={id: int(text) for id, text in typed.items() if text.isascii() and text.isdigit() and len(text) < 6},
        remedy=request.POST.get("remedy", ""),
        minor=minor_of(request.POST.get("amount", ""), order.total.currency),
        text=request.POST.get("text", ""),
    )


def _form(request: PageRequest, order: OrderRow, refused: Invalid | None = None) -> HttpResponse:
    context = {
        "order": order,
        "key": viewer_of(request).key,
        "words": words(),
        "reasons": list(Reason),
        "remedies": [r for r in Remedy if r in remedies(Reason.DAMAGED, Party.BUYER)],
        "most": disputable(order.id, {line.id: line.quantity for line in order.lines}),
        "typed": request.POST,
        "errors": refused.fields if refused else {},
    }
    return render(request, "disputes/open.html", context, status=refused.status if refused else 200)


def _file(request: PageRequest, row: DisputeRow, noun: str = "", refused: Invalid | None = None) -> HttpResponse:
    context = {
        **shown(request, row, noun, refused),
        "key": viewer_of(request).key,
        "can_open_again": row.outcome == "withdrawn" and may_open(row.order.id, now()),
    }
    return render(request, "disputes/buyer.html", context, status=refused.status if refused else 200)
