"""Whose cart a request is about: the account's, else the one whose id the visitor holds in a signed cookie."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from caravan.trade.rules.cart import CartOwner

COOKIE = "cart"
KEPT_FOR = timedelta(days=90)


def owner_of(request: HttpRequest) -> CartOwner:
    if request.user.is_authenticated:
        return CartOwner(user_id=request.user.pk)
    return CartOwner(cart_id=held_cart(request))


def held_cart(request: HttpRequest) -> UUID | None:
    """The guest cart in the visitor's cookie, or None where there is none that we wrote."""
    try:
        return UUID(request.get_signed_cookie(COOKIE, max_age=KEPT_FOR))
    except (KeyError, BadSignature, ValueError):
        return None


def hold_cart(request: HttpRequest, response: HttpResponse, cart_id: UUID) -> HttpResponse:
    """Let a guest find the cart again."""
    if not request.user.is_authenticated and held_cart(request) != cart_id:
        response.set_signed_cookie(
            COOKIE, str(cart_id), max_age=KEPT_FOR, httponly=True, samesite="Lax", secure=settings.PRODUCTION
        )
    return response
