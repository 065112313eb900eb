"""What a product page asks for by itself, or hands out as a file."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.catalog.queries import product_page
from caravan.kernel.clock import now
from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money
from caravan.kernel.sheets import csv_text
from caravan.promotions.queries.history import price_steps
from caravan.promotions.queries.left import pieces_left
from caravan.web.product.history import DAYS
from caravan.web.request import PageRequest


@require_safe
def left(request: PageRequest, id: UUID, deal: UUID) -> HttpResponse:
    """The bar of a limited deal, true at this moment."""
    found = pieces_left(deal, id, now())
    if found is None:
        raise NotFound("deal.unknown", _("There is no such deal."))
    context = {"left": found[0], "of": found[1], "product_id": id, "deal_id": deal}
    response = render(request, "product/_left.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def prices(request: PageRequest, id: UUID, variant: UUID) -> HttpResponse:
    """What the variant has cost in the visitor's market, as CSV: the table behind the chart."""
    row, at = product_page(id, request.market.language, request.market.code), now()
    if variant not in {one.id for one in row.variants}:
        raise NotFound("product.variant", _("There is no such variant of this product."))
    steps = price_steps(variant, request.market.code, at, days=DAYS)
    head = ("since", "until", "list_price", "offered_price", "currency")
    table = [
        (step.since.isoformat(), _end(step.until, at), _amount(step.listed), _amount(step.offered), step.lowest.currency)
        for step in steps
    ]
    response = HttpResponse(csv_text([head, *table]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.slug}-prices.csv"'
    return response


def _end(until: datetime, at: datetime) -> str:
    return until.isoformat() if until < at - timedelta(seconds=1) else ""


def _amount(price: Money | None) -> str:
    return price.amount if price else ""
