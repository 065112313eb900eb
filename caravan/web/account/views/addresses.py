from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.people.actions.addresses import add_address, edit_address, make_default_address, remove_address
from caravan.people.queries.addresses import address_of, addresses_of
from caravan.people.rules import lines_of
from caravan.web.account.address import AddressForm
from caravan.web.guards import safe_next, signed_in, user_id
from caravan.web.request import PageRequest


@signed_in
@require_safe
def book(request: PageRequest) -> HttpResponse:
    rows = [(row, lines_of(row.address, request.market.language)) for row in addresses_of(user_id=user_id(request))]
    return render(request, "account/addresses.html", {"rows": rows})


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: PageRequest) -> HttpResponse:
    if request.method == "GET":
        return _form(request, AddressForm.empty(request.market, request.user.name))  # type: ignore[union-attr]
    form = AddressForm.typed(request.POST, request.market)
    if form.wants_update:
        return _form(request, form)
    try:
        add_address(user_id=user_id(request), typed=form.values, default="default" in request.POST, at=now())
    except Invalid as refused:
        return _form(request, form.refused(refused), status=refused.status)
    except Conflict as refused:
        messages.error(request, refused.detail)
        return _form(request, form, status=refused.status)
    messages.success(request, _("Address saved."))
    return redirect(safe_next(request, "addresses"))


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, id: UUID) -> HttpResponse:
    row = address_of(user_id=user_id(request), address_id=id)
    if request.method == "GET":
        return _form(request, AddressForm.of(row.address, request.market), is_default=row.is_default, id=id)
    form = AddressForm.typed(request.POST, request.market)
    if form.wants_update:
        return _form(request, form, is_default=row.is_default, id=id)
    try:
        edit_address(user_id=user_id(request), address_id=id, typed=form.values, default="default" in request.POST)
    except Invalid as refused:
        return _form(request, form.refused(refused), is_default=row.is_default, id=id, status=refused.status)
    messages.success(request, _("Address saved."))
    return redirect(safe_next(request, "addresses"))


@require_POST
def fields(request: PageRequest) -> HttpResponse:
    """The fields alone, redrawn for another country or province; guests at the checkout use it too. Nothing is stored."""
    return render(request, "account/address_fields.html", {"form": AddressForm.typed(request.POST, request.market)})


@signed_in
@require_POST
def default(request: PageRequest, id: UUID) -> HttpResponse:
    make_default_address(user_id=user_id(request), address_id=id)
    return redirect("addresses")


@signed_in
@require_POST
def removal(request: PageRequest, id: UUID) -> HttpResponse:
    remove_address(user_id=user_id(request), address_id=id)
    messages.success(request, _("Address removed."))
    return redirect("addresses")


def _form(
    request: PageRequest, form: AddressForm, *, is_default: bool = False, id: UUID | None = None, status: int = 200
) -> HttpResponse:
    checked = is_default or "default" in request.POST
    context = {"form": form, "is_default": is_default, "checked": checked, "id": id, "next": safe_next(request, "")}
    return render(request, "account/address.html", context, status=status)
