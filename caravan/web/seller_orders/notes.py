from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.trade.actions.notes import remove_note, write_note
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_orders.views import order_page


@signed_in
@require_POST
def notes(request: PageRequest, slug: str, number: str) -> HttpResponse:
    try:
        write_note(user_id=user_id(request), number=number, text=request.POST.get("note", ""), at=now())
    except Invalid as refused:
        return order_page(request, slug, number, refused)
    return redirect("seller-order", slug=slug, number=number)


@signed_in
@require_POST
def removal(request: PageRequest, slug: str, number: str, id: UUID) -> HttpResponse:
    remove_note(user_id=user_id(request), number=number, note_id=id)
    return redirect("seller-order", slug=slug, number=number)
