"""Single-use codes of a coupon, for whoever gives it out: made in batches, and downloaded."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caravan.kernel.errors import Invalid
from caravan.kernel.sheets import csv_text
from caravan.promotions.actions.codes import MOST_AT_ONCE, make_codes
from caravan.promotions.queries.codes import code_count, codes_of
from caravan.promotions.queries.promotions import own_promotion
from caravan.promotions.rules.claims import shown_code
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_promotions.desk import Desk


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    return codes_at(request, Desk.of(request, slug), id)


@signed_in
@require_safe
def codes_csv(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    return csv_at(Desk.of(request, slug), id)


def codes_at(request: PageRequest, desk: Desk, id: UUID) -> HttpResponse:
    promotion = own_promotion(desk.owner, id)
    error, typed = "", request.POST.get("number", "100")
    if request.method == "POST":
        number = int(typed) if typed.isdecimal() and len(typed) < 7 else 0
        try:
            made = make_codes(user_id=user_id(request), slug=desk.slug, promotion_id=id, number=number)
        except Invalid as refused:
            error = refused.detail
        else:
            messages.success(request, _("Made. There are %(count)s codes now.") % {"count": made})
            return redirect(desk.url("promotion-codes", id=id))
    context = desk.context() | {
        "id": id,
        "name": promotion.name,
        "is_by_code": promotion.means == "code",
        "codes": code_count(desk.owner, id),
        "most": MOST_AT_ONCE,
        "typed": typed,
        "error": error,
    }
    return render(request, "promotions/codes.html", context, status=422 if error else 200)


def csv_at(desk: Desk, id: UUID) -> HttpResponse:
    found = codes_of(desk.owner, id)
    rows = [("code", "entered"), *((shown_code(code), "yes" if entered else "no") for code, entered in found)]
    headers = {"Content-Disposition": f'attachment; filename="codes-{id}.csv"', "Cache-Control": "private, no-store"}
    return HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8", headers=headers)
