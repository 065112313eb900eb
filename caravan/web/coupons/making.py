"""Single-use codes of a coupon, for whoever gives it out: made in batches, and downloaded."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caravan.kernel.errors import Invalid
from caravan.kernel.sheets import csv_text
from caravan.promotions.actions.codes import MOST_AT_ONCE, make_codes
from caravan.promotions.queries.codes import code_count, codes_of
from caravan.promotions.queries.owners import Owner, owner_for
from caravan.promotions.queries.promotions import own_promotion
from caravan.promotions.rules.claims import shown_code
from caravan.web.guards import operators, signed_in, user_id
from caravan.web.request import PageRequest


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def of_store(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    owner = owner_for(user_id=user_id(request), slug=slug)
    return _page(request, owner, id, "coupons/codes_of_store.html", {"slug": slug})


@signed_in
@require_safe
def of_store_csv(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    return _csv(owner_for(user_id=user_id(request), slug=slug), id)


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def of_market(request: PageRequest, id: UUID) -> HttpResponse:
    return _page(request, owner_for(user_id=user_id(request), slug=None), id, "coupons/codes_of_market.html", {})


@operators
@require_safe
def of_market_csv(request: PageRequest, id: UUID) -> HttpResponse:
    return _csv(owner_for(user_id=user_id(request), slug=None), id)


def _page(request: PageRequest, owner: Owner, id: UUID, template: str, parts: dict[str, str]) -> HttpResponse:
    name = "operator-promotion-codes" if owner.store is None else "promotion-codes"
    promotion = own_promotion(owner, id)
    address = reverse(name, kwargs={**parts, "id": id})
    error, typed = "", request.POST.get("number", "100")
    if request.method == "POST":
        try:
            slug = owner.store.slug if owner.store else None
            number = int(typed) if typed.isdecimal() and len(typed) < 7 else 0
            made = make_codes(user_id=user_id(request), slug=slug, promotion_id=id, number=number)
        except Invalid as refused:
            error = refused.detail
        else:
            messages.success(request, _("Made. There are %(count)s codes now.") % {"count": made})
            return redirect(address)
    context = {
        "store": owner.store,
        "section": "promotions",
        "name": promotion.name,
        "promotion_url": reverse("seller-promotion" if parts else "operator-promotion", kwargs={**parts, "id": id}),
        "is_by_code": promotion.means == "code",
        "codes": code_count(owner, id),
        "most": MOST_AT_ONCE,
        "typed": typed,
        "error": error,
        "address": address,
        "csv_url": reverse(f"{name}-csv", kwargs={**parts, "id": id}),
    }
    return render(request, template, context, status=422 if error else 200)


def _csv(owner: Owner, id: UUID) -> HttpResponse:
    rows = [("code", "entered"), *((shown_code(code), "yes" if entered else "no") for code, entered in codes_of(owner, id))]
    response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="codes-{id}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
