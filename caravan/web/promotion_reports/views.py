"""What a promotion brought and cost: for its store, and for those who run the market."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.insight.queries import PromotionReport, promotion_report
from caravan.insight.rules.uplift import Uplift
from caravan.kernel.clock import now
from caravan.kernel.sheets import csv_text
from caravan.stores.queries import StoreRow, store_for_member
from caravan.web.guards import operators, signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_promotions.desk import moment_in
from caravan.web.templating import day as day_text
from caravan.web.templating import percent


@signed_in
@require_safe
def of_store(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    report = promotion_report(id, store_id=store.id, at=now())
    csv_url = reverse("seller-promotion-report-csv", kwargs={"slug": slug, "id": id})
    own = {"store": store, "id": id, "since": moment_in(store.zone, report.since), "until": moment_in(store.zone, report.until)}
    return render(request, "promotion_reports/store.html", _context(report, csv_url) | own | {"section": "promotions"})


@signed_in
@require_safe
def of_store_csv(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    store: StoreRow = store_for_member(user_id=user_id(request), slug=slug)
    return _csv(promotion_report(id, store_id=store.id, at=now()))


@operators
@require_safe
def of_operator(request: PageRequest, id: UUID) -> HttpResponse:
    report = promotion_report(id, store_id=None, at=now())
    csv_url = reverse("operator-promotion-report-csv", kwargs={"id": id})
    return render(request, "promotion_reports/operator.html", _context(report, csv_url) | {"section": "promotions"})


@operators
@require_safe
def of_operator_csv(request: PageRequest, id: UUID) -> HttpResponse:
    return _csv(promotion_report(id, store_id=None, at=now()))


def _context(report: PromotionReport, csv_url: str) -> dict[str, object]:
    payers = {"store": _("Borne by the store"), "platform": _("Borne by the market"), "affiliate": _("Borne by affiliates")}
    return {
        "report": report,
        "csv_url": csv_url,
        "cost": [(payers[payer], amount) for payer, amount in report.cost],
        "uplift": _uplift(report.uplift, report.matched),
        "day_text": lambda text: day_text(date.fromisoformat(text)),
        "values": [day.units for day in report.days],
    }


def _uplift(found: Uplift | None, matched: int) -> tuple[str, str]:
    """The figure, and how sure it is."""
    if found is None:
        return "–", _("Too little was sold, or too little like it, to tell.")
    words = {"low": percent(found.low), "high": percent(found.high), "goods": matched}
    sure = _("Between %(low)s and %(high)s with 95%% confidence, beside %(goods)s like goods without a promotion.")
    return f"{'+' if found.rate > 0 else ''}{percent(found.rate)}", sure % words


def _csv(report: PromotionReport) -> HttpResponse:
    rows: list[tuple[object, ...]] = [("day", "units", "orders"), *((day.day, day.units, day.orders) for day in report.days)]
    response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="promotion-{report.id}.csv"'
    return response
