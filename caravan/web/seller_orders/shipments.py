"""Many parcels by a file: what is to ship as a list to fill in, and the filled list back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.people.rules.limits import per_hour
from caravan.stores.queries import store_for_member
from caravan.trade.actions.shipment_file import MOST_BY_PAGE, FileReport, ship_file
from caravan.trade.queries.to_ship import to_ship_csv
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_orders.views import frame

LARGEST = 2_000_000  # bytes
SHOWN = 200  # refused rows on the page


@signed_in
@require_http_methods(["GET", "POST"])
@limited("shipments", per_hour(120))
def shipments(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    report: FileReport | None = None
    wrong = ""
    if request.method == "POST":
        try:
            report = ship_file(user_id=user_id(request), store=slug, lines=_lines(request), at=now())
        except Invalid as refused:
            wrong = refused.detail
        else:
            _tell(request, report)
    context = {**frame(store), "report": report, "wrong": wrong, "shown": SHOWN, "most": MOST_BY_PAGE}
    return render(request, "seller_orders/shipments.html", context, status=422 if wrong else 200)


@signed_in
@require_safe
def to_ship(request: PageRequest, slug: str) -> HttpResponseBase:
    """The pieces still to be sent, with empty columns for carrier and code."""
    store = store_for_member(user_id=user_id(request), slug=slug)
    response = StreamingHttpResponse(to_ship_csv(store.id), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="to-ship-{store.slug}.csv"'
    return response


def _lines(request: PageRequest) -> Iterator[str]:
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise Invalid("shipments.empty", _("Choose a file first. It needs a line of column names and a line for each order."))
    if file.size > LARGEST:
        raise Invalid("shipments.large", _("This file is larger than 2 MB. Send it in parts."))
    return io.TextIOWrapper(cast(BinaryIO, file), encoding="utf-8-sig", errors="surrogateescape", newline="")


def _tell(request: PageRequest, report: FileReport) -> None:
    if report.parcels:
        messages.success(request, _("Parcels on their way: %(n)s. The buyers are told.") % {"n": report.parcels})
    elif not report.refused:
        messages.info(request, _("Nothing new: all of these parcels were on their way already."))
