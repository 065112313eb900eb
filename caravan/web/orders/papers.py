"""Invoices and credit notes as files, in the buyer's language."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, NotFound
from caravan.people.actions.limits import spend
from caravan.people.actions.mail import writing_in
from caravan.people.rules.limits import per_hour
from caravan.trade.actions.papers import issue_invoice
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.queries.papers import issued_paper
from caravan.trade.rules.papers import IssuedPaper
from caravan.web.checkout.viewer import keyed, viewer_of
from caravan.web.guards import who
from caravan.web.request import PageRequest


@require_safe
def invoice(request: PageRequest, number: str) -> HttpResponse:
    """The order's invoice; the first to ask has it issued."""
    viewer = viewer_of(request)
    order = order_for_buyer(viewer=viewer, number=number)
    drawn_by(request)
    try:
        issued = issue_invoice(order_id=order.id, at=now())
    except Conflict as refused:
        messages.error(request, refused.detail)
        return redirect(keyed("order", viewer.key, number=number))
    return printed(issued, order.market)


@require_safe
def paper(request: PageRequest, number: str, id: UUID) -> HttpResponse:
    order = order_for_buyer(viewer=viewer_of(request), number=number)
    drawn_by(request)
    found = issued_paper(order.id, id)
    if found is None:
        raise NotFound("paper.unknown", _("There is no such paper."))
    return printed(found, order.market)


def drawn_by(request: PageRequest) -> None:
    """Drawing costs us more than a page does. Raises RateLimited for somebody who asks all the time."""
    spend(key=f"papers:{who(request)}", per=per_hour(600), at=now())


def printed(issued: IssuedPaper, country: str) -> HttpResponse:
    from caravan.trade.papers.invoice import invoice as draw  # brings fonts: a third of a second of every process's start

    with writing_in(issued.paper.language):
        return pdf(draw(issued, country=country), f"{issued.name}-{issued.paper.order_number}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
