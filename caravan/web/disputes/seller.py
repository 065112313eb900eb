from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid, NotFound
from caravan.people.rules.limits import per_hour
from caravan.stores.queries import StoreRow, store_for_member
from caravan.trade.queries.disputes import dispute_for, disputes_of_store, disputes_waiting
from caravan.trade.queries.orders import order_for_store
from caravan.trade.queries.sides import Side, store_side
from caravan.web.disputes.acts import perform
from caravan.web.disputes.file import serve, shown
from caravan.web.disputes.words import words
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest


@signed_in
@require_safe
def disputes(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    settled = request.GET.get("state") == "settled"
    page = disputes_of_store(
        user_id=user_id(request), store_slug=slug, settled=settled, cursor=request.GET.get("after", "")
    )  # fmt: skip
    context = {
        **_frame(store), "page": page, "settled": settled, "words": words(), "at": now(), "is_first": "after" not in request.GET,
    }  # fmt: skip
    return render(request, "disputes/seller_list.html", context)


@signed_in
@require_safe
def dispute(request: PageRequest, slug: str, number: str) -> HttpResponse:
    store, side = _in(request, slug, number)
    return _file(request, store, side)


@signed_in
@require_POST
@limited("dispute", per_hour(600))
def act(request: PageRequest, slug: str, number: str, noun: str) -> HttpResponse:
    store, side = _in(request, slug, number)
    if refused := perform(request, side, noun):
        return _file(request, store, side, noun, refused)
    return redirect("seller-dispute", slug=slug, number=number)


@signed_in
@require_safe
def evidence(request: PageRequest, slug: str, number: str, id: UUID) -> HttpResponseBase:
    _store, side = _in(request, slug, number)
    return serve(side, id)


def _in(request: PageRequest, slug: str, number: str) -> tuple[StoreRow, Side]:
    store = store_for_member(user_id=user_id(request), slug=slug)
    if order_for_store(user_id=user_id(request), number=number).store_id != store.id:
        raise NotFound("order.unknown", _("There is no such order in this store."))
    return store, store_side(user_id=user_id(request), number=number)


def _file(request: PageRequest, store: StoreRow, side: Side, noun: str = "", refused: Invalid | None = None) -> HttpResponse:
    context = {**_frame(store), **shown(request, dispute_for(side), noun, refused)}
    return render(request, "disputes/seller.html", context, status=refused.status if refused else 200)


def _frame(store: StoreRow) -> dict[str, object]:
    waiting = disputes_waiting(store_id=store.id)
    return {"store": store, "section": "disputes", "store_counts": {"disputes": str(waiting)} if waiting else {}}
