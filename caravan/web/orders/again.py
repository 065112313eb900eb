from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caravan.kernel.clock import now
from caravan.trade.actions.reordering import order_again
from caravan.web.cart.owner import hold_cart, owner_of
from caravan.web.checkout.viewer import keyed, viewer_of
from caravan.web.request import PageRequest
from caravan.web.sightings import see


@require_POST
def again(request: PageRequest, number: str) -> HttpResponse:
    """The same goods into the cart, at today's prices; what is not on sale any more is named."""
    viewer, at = viewer_of(request), now()
    done = order_again(viewer=viewer, number=number, owner=owner_of(request), market=request.market, at=at)
    for left in done.left:
        messages.warning(request, f"{left.title}: {left.reason}")
    if not done.touched:
        return redirect(keyed("order", viewer.key, number=number))
    for t in done.touched:
        see(request, "cart_add", at=at, product_id=t.product_id, store_id=t.store_id, category_path=t.category_path)
    messages.success(request, _("What is still on sale is in your cart, at today's prices."))
    return hold_cart(request, redirect("cart"), done.touched[0].cart_id)
