"""Parcels by hand: handing one to a carrier, and saying where it is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.trade.actions.parcels import ship_parcel
from caravan.trade.actions.tracking import track_by_hand
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_orders.views import order_page

PIECES = "pieces-"


@signed_in
@require_POST
def shipment(request: PageRequest, slug: str, number: str) -> HttpResponse:
    """A parcel is with a carrier."""
    try:
        shipped = ship_parcel(
            user_id=user_id(request),
            number=number,
            carrier=request.POST.get("carrier", ""),
            tracking_code=request.POST.get("tracking_code", ""),
            pieces=_pieces(request.POST),
            at=now(),
        )
        told = (
            _("Shipped. The buyer has been told.") if shipped.whole else _("This parcel is on its way, the buyer has been told.")
        )
        messages.success(request, told)
    except Invalid as refused:
        return order_page(request, slug, number, refused)
    except Conflict as refused:
        messages.error(request, refused.detail)
    return redirect("seller-order", slug=slug, number=number)


@signed_in
@require_POST
def news(request: PageRequest, slug: str, number: str, parcel: int) -> HttpResponse:
    """What the store knows of a parcel that no carrier tells us."""
    said = request.POST
    try:
        track_by_hand(
            user_id=user_id(request),
            number=number,
            parcel=parcel,
            status=said.get("status", ""),
            place=said.get("place", ""),
            text=said.get("text", ""),
            attempt=said.get("attempt", "")[:64],
            at=now(),
        )
        messages.success(request, _("Written down. The buyer sees it, too."))
    except Invalid as refused:
        return order_page(request, slug, number, refused)
    return redirect("seller-order", slug=slug, number=number)


def _pieces(posted: QueryDict) -> dict[UUID, int] | None:
    """Pieces by line as the form has them; none where it has no such fields: all that is left."""
    wrong = _("Write how many pieces go into the parcel.")
    found: dict[UUID, int] = {}
    for name, text in posted.items():
        if not name.startswith(PIECES):
            continue
        text = str(text).strip() or "0"
        if not (text.isascii() and text.isdecimal() and len(text) < 7):
            raise Invalid("parcel.pieces", wrong, pieces=wrong)
        try:
            found[UUID(name.removeprefix(PIECES))] = int(text)
        except ValueError as e:
            raise Invalid("parcel.pieces", wrong, pieces=wrong) from e
    return found or None
