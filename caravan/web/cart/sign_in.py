from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from caravan.kernel.clock import now
from caravan.trade.actions.carts import merge_carts
from caravan.web.cart.owner import held_cart
from caravan.web.market import current


def bring_cart(sender: object, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """What the visitor gathered as a guest comes along when they sign in."""
    if cart_id := held_cart(request):
        merge_carts(user_id=user.pk, cart_id=cart_id, market=current.get(), at=now())
