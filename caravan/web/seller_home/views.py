from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.people.rules.limits import per_hour
from caravan.stores.actions import edit_store, invite_staff, open_store, remove_logo, remove_staff, set_logo, state_legal
from caravan.stores.queries import StoreRow, legal_of, members_of, store_for_member, stores_of
from caravan.stores.rules.legal import LegalFacts
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.market_choice.options import country_options, currency_options, language_options
from caravan.web.request import PageRequest
from caravan.web.seller_home.forms import StoreForm, typed_legal, zone_options
from caravan.web.seller_insight.overview import overview


@signed_in
@require_safe
def stores(request: PageRequest) -> HttpResponse:
    """The stores one acts for, to choose from; straight into the only one."""
    held = stores_of(user_id(request))
    if len(held) == 1 and "all" not in request.GET:
        return redirect("seller", slug=held[0].store.slug)
    return render(request, "seller/stores.html", {"held": held})


@signed_in
@require_http_methods(["GET", "POST"])
@limited("store-opening", per_hour(10))
def opening(request: PageRequest) -> HttpResponse:
    if request.method == "GET":
        return _opening(request, StoreForm.empty(request.market))
    form, at = StoreForm.typed(request.POST), now()
    offered = {code for code, _name in currency_options(request.market.language, at)}
    try:
        store = open_store(user_id=user_id(request), facts=form.opening(), currencies=offered, at=at)
    except Invalid as refused:
        return _opening(request, form, refused)
    messages.success(request, _("Your store is open. Now list something in it."))
    return redirect("seller", slug=store.slug)


@signed_in
@require_safe
def home(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    shown = overview(store, market=request.market, at=now())
    counts = {"orders": str(shown.waiting)} if shown.waiting else {}
    context = {"store": store, "section": "overview", "store_counts": counts, "overview": shown}
    return render(request, "seller/home.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def settings(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug, role="owner")
    if request.method == "GET":
        return _settings(request, store, StoreForm.of(store))
    form = StoreForm.typed(request.POST)
    try:
        # Where it ships to and how soon stands on the page Shipping.
        facts = replace(form.facts(), ships_to=store.ships_to, handling_days=store.handling_days)
        edit_store(user_id=user_id(request), slug=slug, facts=facts, at=now())
    except Invalid as refused:
        return _settings(request, store, form, refused)
    messages.success(request, _("Saved."))
    return redirect("seller-settings", slug=slug)


@signed_in
@require_POST
@limited("logo", per_hour(60))
def logo(request: PageRequest, slug: str) -> HttpResponse:
    """A new logo, or none when asked to remove it."""
    store = store_for_member(user_id=user_id(request), slug=slug, role="owner")
    if "remove" in request.POST:
        remove_logo(user_id=user_id(request), slug=slug, at=now())
        return redirect("seller-settings", slug=slug)
    try:
        if (sent := request.FILES.get("logo")) is None:
            wrong = _("Choose a picture first.")
            raise Invalid("store.logo", wrong, logo=wrong)
        set_logo(user_id=user_id(request), slug=slug, file=sent, at=now())
    except Invalid as refused:
        return _settings(request, store, StoreForm.of(store), refused)
    messages.success(request, _("Your logo is shown from now on."))
    return redirect("seller-settings", slug=slug)


@signed_in
@require_POST
def legal(request: PageRequest, slug: str) -> HttpResponse:
    """Who sells, as invoices from now on say it."""
    store = store_for_member(user_id=user_id(request), slug=slug, role="owner")
    typed = typed_legal(request.POST)
    try:
        state_legal(user_id=user_id(request), slug=slug, facts=typed)
    except Invalid as refused:
        return _settings(request, store, StoreForm.of(store), refused, legal=typed)
    messages.success(request, _("Saved. Invoices say it from now on."))
    return redirect("seller-settings", slug=slug)


@signed_in
@require_http_methods(["GET", "POST"])
@limited("staff", per_hour(60))
def staff(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug, role="owner")
    context: dict[str, Any] = {"store": store, "section": "settings", "email": "", "errors": {}}
    if request.method == "POST":
        try:
            invite_staff(user_id=user_id(request), slug=slug, email=request.POST.get("email", ""), at=now())
        except Invalid as refused:
            context |= {"email": request.POST.get("email", ""), "errors": refused.fields, "members": members_of(store.id)}
            return render(request, "seller/staff.html", context, status=refused.status)
        messages.success(request, _("Added. The store is in their seller centre from now on."))
        return redirect("seller-staff", slug=slug)
    return render(request, "seller/staff.html", context | {"members": members_of(store.id)})


@signed_in
@require_POST
def staff_removal(request: PageRequest, slug: str, member_id: UUID) -> HttpResponse:
    remove_staff(user_id=user_id(request), slug=slug, member_id=member_id)
    messages.success(request, _("Removed. They no longer act for the store."))
    return redirect("seller-staff", slug=slug)


def _opening(request: PageRequest, form: StoreForm, refused: Invalid | None = None) -> HttpResponse:
    context = _choices(request) | {"form": form, "errors": refused.fields if refused else {}}
    return render(request, "seller/opening.html", context, status=refused.status if refused else 200)


def _settings(
    request: PageRequest, store: StoreRow, form: StoreForm, refused: Invalid | None = None, legal: LegalFacts | None = None
) -> HttpResponse:
    """`legal`: what was typed of the legal data and refused, as `refused` says."""
    logo_url = default_storage.url(store.logo) if store.logo else ""
    context = _choices(request) | {"form": form, "store": store, "section": "settings", "logo_url": logo_url}
    wrong = refused.fields if refused else {}
    context |= {"errors": {}, "legal_errors": wrong} if legal else {"errors": wrong, "legal_errors": {}}
    stated = legal_of(store.id)
    context |= {"legal": legal or stated, "missing": [_missing_words()[field] for field in stated.missing]}
    return render(request, "seller/settings.html", context, status=refused.status if refused else 200)


def _missing_words() -> dict[str, str]:
    return {"name": _("the legal name"), "address": _("the legal address"), "tax_number": _("the tax number")}


def _choices(request: PageRequest) -> dict[str, Any]:
    return {
        "countries": country_options(request.market.language),
        "languages": language_options(),
        "currencies": currency_options(request.market.language, now()),
        "zones": zone_options(),
    }
