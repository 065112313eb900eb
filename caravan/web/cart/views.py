from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.promotions.queries.claimable import held_pieces
from caravan.trade.actions.carts import Touched, add_set_to_cart, add_to_cart, remove_line, set_quantity
from caravan.trade.queries import carts
from caravan.web.cart.basket import parcel_views, price_figures, why_unavailable
from caravan.web.cart.owner import hold_cart, owner_of
from caravan.web.cart.savings import line_notes, savings
from caravan.web.guards import safe_next, user_id
from caravan.web.request import PageRequest
from caravan.web.sightings import see

MOST_PIECES = 20  # different goods of one set


@require_safe
def cart(request: PageRequest) -> HttpResponse:
    at = now()
    seen = carts.cart(owner=owner_of(request), market=request.market, at=at)
    context = {
        "at": at,
        "held": held_pieces(user_id=user_id(request), at=at) if request.user.is_authenticated else {},
        "basket": seen.basket,
        "parcels": parcel_views(seen.basket.parcels, at),
        "price_figures": price_figures,
        "savings": savings(seen),
        "line_notes": line_notes,
        "unavailable_text": why_unavailable,
    }
    return render(request, "cart/cart.html", context)


@require_POST
def lines(request: PageRequest) -> HttpResponse:
    """Put something into the cart."""
    at = now()
    try:
        touched = add_to_cart(
            owner=owner_of(request),
            variant_id=_variant(request.POST.get("variant", "")),
            quantity=_quantity(request.POST.get("quantity", "1")),
            market=request.market,
            at=at,
        )
    except (Conflict, Invalid) as refused:
        messages.error(request, refused.detail)
        return redirect(safe_next(request, "cart"))
    _note(request, touched, "cart_add")
    messages.success(request, _("Added to the cart."))
    return hold_cart(request, redirect(safe_next(request, "cart")), touched.cart_id)


@require_POST
def sets(request: PageRequest) -> HttpResponse:
    """Put all pieces of a set into the cart: "variant~quantity", as often as there are goods in it."""
    pieces = [text.partition("~") for text in request.POST.getlist("piece")[:MOST_PIECES]]
    try:
        touched = add_set_to_cart(
            owner=owner_of(request),
            wanted=[(_variant(variant), _quantity(quantity)) for variant, _, quantity in pieces],
            market=request.market,
            at=now(),
        )
        if not touched:
            raise Invalid("cart.variant", _("Choose what to put into the cart."))
    except (Conflict, Invalid) as refused:
        messages.error(request, refused.detail)
        return redirect(safe_next(request, "cart"))
    for one in touched:
        _note(request, one, "cart_add")
    messages.success(request, _("The set is in the cart."))
    return hold_cart(request, redirect("cart"), touched[-1].cart_id)


@require_POST
def line(request: PageRequest, variant: UUID) -> HttpResponse:
    """Another quantity of something in the cart; none takes it out."""
    try:
        wanted = _quantity(request.POST.get("quantity", "0"))
        if "remove" in request.POST or wanted == 0:
            _note(request, remove_line(owner=owner_of(request), variant_id=variant, at=now()), "cart_remove")
        else:
            set_quantity(owner=owner_of(request), variant_id=variant, quantity=wanted, at=now())
    except (Conflict, Invalid, NotFound) as refused:
        messages.error(request, refused.detail)
    return redirect("cart")


def _note(request: PageRequest, touched: Touched, kind: Literal["cart_add", "cart_remove"]) -> None:
    see(
        request,
        kind,
        at=now(),
        product_id=touched.product_id,
        store_id=touched.store_id,
        category_path=touched.category_path,
    )


def _variant(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as e:
        raise Invalid("cart.variant", _("Choose what to put into the cart.")) from e


def _quantity(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else -1
