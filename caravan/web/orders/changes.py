"""What a buyer changes of a paid order: whether it is sent at all, and where to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.people.actions.addresses import check_address
from caravan.trade.actions.cancelling import ask_cancel
from caravan.trade.actions.changing import change_address
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.rules.states import Move, allowed
from caravan.web.account.address import AddressForm
from caravan.web.checkout.viewer import keyed, viewer_of
from caravan.web.request import PageRequest


@require_POST
def cancel_request(request: PageRequest, number: str) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        ask_cancel(viewer=viewer, number=number, reason=request.POST.get("reason", ""), at=now())
        messages.success(request, _("The store has been asked. It has 48 hours to answer; no answer is a yes."))
    except (Conflict, Invalid) as refused:
        messages.error(request, refused.detail)
    return redirect(keyed("order", viewer.key, number=number))


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: PageRequest, number: str) -> HttpResponse:
    """A form for another address in the same country, while the order is not shipped."""
    viewer = viewer_of(request)
    row = order_for_buyer(viewer=viewer, number=number)
    form = AddressForm.of(row.address, request.market) if row.address else AddressForm.empty(request.market)
    status = 200
    if request.method == "POST":
        form = AddressForm.typed(request.POST, request.market)
        try:
            change_address(viewer=viewer, number=number, address=check_address(typed=form.values), at=now())
            messages.success(request, _("The order goes to the new address."))
            return redirect(keyed("order", viewer.key, number=number))
        except Invalid as refused:
            form, status = form.refused(refused), refused.status
        except Conflict as refused:
            messages.error(request, refused.detail)
            return redirect(keyed("order", viewer.key, number=number))
    elif Move.CHANGE_ADDRESS not in allowed(row.facets):
        return redirect(keyed("order", viewer.key, number=number))
    return render(request, "orders/address.html", {"order": row, "key": viewer.key, "form": form}, status=status)
