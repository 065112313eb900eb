from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.people.actions.addresses import add_address
from caravan.people.queries.addresses import AddressRow, addresses_of
from caravan.people.rules import PostalAddress, lines_of
from caravan.people.rules.limits import CHECKOUTS
from caravan.trade.actions.placing import place_purchase
from caravan.trade.queries.carts import cart
from caravan.web.cart.basket import parcel_views
from caravan.web.cart.owner import owner_of
from caravan.web.cart.savings import line_notes, savings
from caravan.web.checkout.forms import CheckoutForm, cart_id, chosen_services, expected_total
from caravan.web.checkout.viewer import keyed
from caravan.web.guards import limited
from caravan.web.request import PageRequest


@require_http_methods(["GET", "POST"])
@limited("checkout", CHECKOUTS)
def checkout(request: PageRequest) -> HttpResponse:
    """Where it goes and what it costs, on one page; sending it places the order."""
    at, book = now(), _book(request)
    if request.method == "GET":
        typed = request.GET.get("address") == "new"
        name = request.user.name if request.user.is_authenticated else ""
        form = replace(CheckoutForm.empty(request.market, name, book, typed=typed), services=chosen_services(request.GET))
        form = form.seen(request.GET, book)
        return _page(request, form, book, at)
    form = CheckoutForm.typed(request.POST, request.market)
    if form.address.wants_update or form.wants_update:
        return _page(request, form, book, at)
    try:
        return _place(request, form, book, at)
    except Invalid as refused:
        if not refused.fields:
            messages.error(request, refused.detail)
        return _page(request, form.refused(refused), book, at, status=refused.status)
    except Conflict as refused:
        messages.error(request, refused.detail)
        if refused.code in ("price.changed", "shipping.gone"):
            return _page(request, form, book, at, status=refused.status)
        return redirect("cart")


def _place(request: PageRequest, form: CheckoutForm, book: list[AddressRow], at: datetime) -> HttpResponse:
    address = form.delivery_address(book)
    user_id = request.user.pk if request.user.is_authenticated else None
    placed = place_purchase(
        cart_id=cart_id(request.POST),
        user_id=user_id,
        email=form.email,
        address=address,
        market=request.market,
        expected_total=expected_total(request.POST),
        idempotency_key=form.key,
        services=form.services,
        note=form.note,
        at=at,
    )
    if user_id and form.save and not form.chosen and not placed.repeated:
        _keep(request, user_id, address, at)
    return redirect(keyed("payment", "" if user_id else placed.key, purchase=placed.purchase_id))


def _keep(request: PageRequest, user_id: UUID, address: PostalAddress, at: datetime) -> None:
    """Into the address book, if there is room; the order stands either way."""
    try:
        add_address(user_id=user_id, typed=asdict(address), default=False, at=at)
    except Conflict as full:
        messages.info(request, full.detail)


def _book(request: PageRequest) -> list[AddressRow]:
    """The entries these prices are for: those in the visitor's country."""
    if not request.user.is_authenticated:
        return []
    return [row for row in addresses_of(user_id=request.user.pk) if row.address.country_code == request.market.code]


def _page(request: PageRequest, form: CheckoutForm, book: list[AddressRow], at: datetime, status: int = 200) -> HttpResponse:
    seen = cart(
        owner=owner_of(request), market=request.market, at=at, services=form.services, region=form.region(book), email=form.email
    )  # fmt: skip
    if not seen.basket.ready:
        messages.info(request, _("There is nothing in the cart that could be ordered as it is."))
        return redirect("cart")
    context = {
        "form": form,
        "book": [(row.id, row.address, lines_of(row.address, request.market.language)) for row in book],
        "cart_id": seen.cart_id,
        "basket": seen.basket,
        "savings": savings(seen),
        "line_notes": line_notes,
        "parcels": parcel_views(seen.basket.parcels, at),
    }
    return render(request, "checkout/checkout.html", context, status=status)
