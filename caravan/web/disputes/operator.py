from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.trade.queries.disputes import dispute_for, disputes_to_decide
from caravan.trade.queries.parcels import parcels_of_order
from caravan.trade.queries.sides import Side, platform_side
from caravan.web.disputes.acts import perform
from caravan.web.disputes.file import serve, shown
from caravan.web.disputes.words import words
from caravan.web.guards import signed_in, user_id
from caravan.web.orders.parcels import parcel_views
from caravan.web.request import PageRequest

STATES = ("escalated", "open", "settled")


@signed_in
@require_safe
def disputes(request: PageRequest) -> HttpResponse:
    state = request.GET.get("state", "escalated")
    page = disputes_to_decide(user_id=user_id(request), state=state, cursor=request.GET.get("after", ""))
    context = {
        "page": page,
        "state": state,
        "words": words(),
        "section": "disputes",
        "at": now(),
        "is_first": "after" not in request.GET,
    }
    return render(request, "disputes/operator_list.html", context)


@signed_in
@require_safe
def dispute(request: PageRequest, number: str) -> HttpResponse:
    return _file(request, platform_side(user_id=user_id(request), number=number))


@signed_in
@require_POST
def act(request: PageRequest, number: str, noun: str) -> HttpResponse:
    side = platform_side(user_id=user_id(request), number=number)
    if refused := perform(request, side, noun):
        return _file(request, side, noun, refused)
    return redirect("operator-dispute", number=number)


@signed_in
@require_safe
def evidence(request: PageRequest, number: str, id: UUID) -> HttpResponseBase:
    return serve(platform_side(user_id=user_id(request), number=number), id)


def _file(request: PageRequest, side: Side, noun: str = "", refused: Invalid | None = None) -> HttpResponse:
    context = {
        **shown(request, dispute_for(side), noun, refused),
        "section": "disputes",
        "parcels": parcel_views(parcels_of_order(side.order_id)),
    }
    return render(request, "disputes/operator.html", context, status=refused.status if refused else 200)
