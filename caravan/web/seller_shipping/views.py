"""How a store's parcels travel: where to, how soon, at what price, and what a buyer sees of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.kernel.markets import country
from caravan.kernel.money import Money
from caravan.people.rules.limits import per_hour
from caravan.shipping.actions import add_free_rule, add_zone, remove_free_rule, remove_zone, set_policy
from caravan.shipping.queries import books_of, free_of, table_days, table_of, zones_of
from caravan.shipping.rules import Shipment, options
from caravan.stores.actions import edit_store
from caravan.stores.queries import StoreRow, store_for_member
from caravan.stores.rules import StoreFacts
from caravan.trade.queries.rates import current_rates
from caravan.web.delivery import ServiceView, service_name, service_views, zone_name
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.market_choice.options import country_options
from caravan.web.request import PageRequest
from caravan.web.seller_shipping.forms import Preview, ReachForm, amount, day_typed, service_options, size_options, zone_options


@signed_in
@require_safe
def shipping(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    return _page(request, store, now())


@signed_in
@require_POST
@limited("shipping", per_hour(120))
def reach(request: PageRequest, slug: str) -> HttpResponse:
    """Where to, how soon, by what, and the promise: an owner's word."""
    store, form = store_for_member(user_id=user_id(request), slug=slug, role="owner"), ReachForm.typed(request.POST)
    facts = StoreFacts(
        name=store.name,
        description=store.description,
        language=store.language,
        zone=store.zone,
        ships_to=form.destinations,
        handling_days=_whole(form.handling_days),
    )
    try:
        edit_store(user_id=user_id(request), slug=slug, facts=facts, at=now())
        set_policy(
            user_id=user_id(request), slug=slug, services=form.services, on_time_percent=_whole(form.on_time_percent or "0")
        )
    except Invalid as refused:
        return _page(request, store, now(), form=replace(form, errors=refused.fields), status=refused.status)
    messages.success(request, _("Saved."))
    return redirect("seller-shipping", slug=slug)


@signed_in
@require_POST
@limited("shipping", per_hour(120))
def zones(request: PageRequest, slug: str) -> HttpResponse:
    try:
        add_zone(
            user_id=user_id(request), slug=slug, name=request.POST.get("name", ""), countries=request.POST.getlist("countries")
        )
    except (Invalid, Conflict) as refused:
        return _refused(request, slug, refused, "zone_errors")
    messages.success(request, _("The zone is saved. Your table can name it now."))
    return redirect("seller-shipping", slug=slug)


@signed_in
@require_POST
def zone_removal(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    try:
        remove_zone(user_id=user_id(request), slug=slug, zone_id=id)
    except Conflict as refused:
        messages.error(request, refused.detail)
    return redirect("seller-shipping", slug=slug)


@signed_in
@require_POST
@limited("shipping", per_hour(120))
def free(request: PageRequest, slug: str) -> HttpResponse:
    """A rule of free shipping, paid by the store."""
    store, at = store_for_member(user_id=user_id(request), slug=slug, role="owner"), now()
    try:
        least = _least(request.POST.get("least", ""), store.currency)
        ends = request.POST.get("ends_on", "")
        add_free_rule(
            user_id=user_id(request),
            slug=slug,
            least=least,
            zone=request.POST.get("zone", ""),
            service=request.POST.get("service", ""),
            ends_on=day_typed(ends, at.date()) if ends else None,
            at=at,
        )
    except (Invalid, Conflict) as refused:
        return _refused(request, slug, refused, "free_errors")
    messages.success(request, _("The rule is saved. Buyers see it at once."))
    return redirect("seller-shipping", slug=slug)


@signed_in
@require_POST
def free_removal(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    remove_free_rule(user_id=user_id(request), slug=slug, rule_id=id)
    messages.success(request, _("The rule is removed."))
    return redirect("seller-shipping", slug=slug)


def _least(text: str, currency: str) -> Any:
    try:
        return amount(text, currency)
    except Invalid as e:
        raise Invalid(e.code, e.detail, least=e.detail) from e


def _refused(request: PageRequest, slug: str, refused: Invalid | Conflict, where: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug, role="owner")
    if not refused.fields:
        messages.error(request, refused.detail)
    return _page(request, store, now(), None, refused.status, **{where: refused.fields})


def _page(
    request: PageRequest,
    store: StoreRow,
    at: datetime,
    form: ReachForm | None = None,
    status: int = 200,
    **errors: dict[str, str],
) -> HttpResponse:
    own, language = books_of([store.id], at).of(store.id), request.market.language
    preview = Preview.asked(request.GET.dict(), store.country)
    ways, wrong = _previewed(store, preview, at)
    named, table = dict(zone_options(store)), table_of(store.id, at.date())
    context = {
        "store": store,
        "section": "shipping",
        "form": form
        or ReachForm(not store.ships_to, store.ships_to, str(store.handling_days), own.services, str(own.on_time_percent or "")),
        "zone_errors": {},
        "free_errors": {},
        "typed": request.POST,
        "countries": country_options(language),
        "services": service_options(),
        "sizes": dict(size_options()),
        "zone_rows": [(z, ", ".join(country(code).name(language) for code in z.countries)) for z in zones_of(store.id)],
        "zone_choices": [("", _("Any zone")), *named.items()],
        "service_choices": [("", _("Any service")), *service_options()],
        "rules": [
            (r, named.get(r.zone, r.zone) or _("Any zone"), service_name(r.service) or _("Any service"))
            for r in free_of(store.id)
        ],
        "table": table,
        "table_rows": [(row, Money(row.cost_minor, table.currency)) for row in table.rows] if table else (),
        "days": table_days(store.id),
        "today": at.date(),
        "zone_name": lambda code: named.get(code) or zone_name(code),
        "service_name": service_name,
        "preview": preview,
        "preview_country": country(preview.to).name(language),
        "ways": ways,
        "preview_wrong": wrong,
    }
    return render(request, "seller_shipping/shipping.html", context | errors, status=status)


def _previewed(store: StoreRow, preview: Preview, at: datetime) -> tuple[list[ServiceView], str]:
    """What a buyer would be offered, or what is wrong with the question."""
    if not store.ships_to_country(preview.to):
        return [], _("You do not ship there.")
    books = books_of([store.id], at)
    try:
        shipment = Shipment(
            country(store.country), country(preview.to), (preview.piece(),), preview.worth(store.currency), store.handling_days
        )
        offered = options(shipment, books.of(store.id), books.platform, current_rates(at), at)
    except Invalid as refused:
        return [], refused.detail
    return service_views(offered, at), "" if offered else _("No service carries this.")


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else -1
