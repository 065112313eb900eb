"""The store's own table: the editor, and the same as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.kernel.sheets import csv_text
from caravan.people.rules.limits import per_hour
from caravan.shipping.actions import drop_table, save_table
from caravan.shipping.queries import platform_book, table_days, table_of, zone_codes
from caravan.shipping.rules import RefusedRow, TariffRow
from caravan.shipping.rules.sheet import read_rows, read_sheet, sheet_rows
from caravan.shipping.rules.tariffs import in_force
from caravan.stores.queries import StoreRow, store_for_member
from caravan.trade.queries.rates import current_rates
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_shipping.forms import (
    BLANK_ROWS,
    blank,
    cells_of,
    day_typed,
    refusal_text,
    rows_typed,
    service_options,
    size_options,
    zone_options,
)

MOST_BYTES = 1_000_000


@signed_in
@require_http_methods(["GET", "POST"])
@limited("shipping-table", per_hour(120))
def table(request: PageRequest, slug: str) -> HttpResponse:
    """The table of a day to edit, as it stands or beginning with the market's own; saved whole."""
    at, store = now(), store_for_member(user_id=user_id(request), slug=slug, role="owner")
    if request.method == "GET":
        rows = _platform_rows(store, at) if request.GET.get("from") == "market" else _own_rows(store, _asked_day(request, at))
        return _page(request, store, cells_of(rows, store.currency) or [blank()], at)
    typed = rows_typed(request.POST)
    cells = [row for _, row in typed]
    if "redraw" in request.POST:
        return _page(request, store, cells, at)
    sheet = read_rows(enumerate(cells, start=1), currency=store.currency, zones=zone_codes(store.id))
    try:
        day = day_typed(request.POST.get("effective_from", ""), at.date())
        if sheet.refused:
            return _page(request, store, cells, at, sheet.refused, status=422)
        save_table(user_id=user_id(request), slug=slug, rows=sheet.rows, effective_from=day, at=at)
    except Invalid as refused:
        if not refused.fields:
            messages.error(request, refused.detail)
        return _page(request, store, cells, at, errors=refused.fields, status=refused.status)
    messages.success(request, _("Your table is saved. It is in force from %(day)s on.") % {"day": day.isoformat()})
    return redirect("seller-shipping", slug=slug)


@signed_in
@require_safe
def table_csv(request: PageRequest, slug: str) -> HttpResponse:
    """The store's table in force, or the market's in the store's currency as one to begin with."""
    at, store = now(), store_for_member(user_id=user_id(request), slug=slug)
    rows = _own_rows(store, at.date()) or _platform_rows(store, at)
    text = csv_text(sheet_rows(rows, store.currency))
    headers = {"Content-Disposition": f'attachment; filename="shipping-{store.slug}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@signed_in
@require_POST
@limited("shipping-table", per_hour(120))
def table_file(request: PageRequest, slug: str) -> HttpResponse:
    """A table by file: every row that cannot be used is named, and nothing saved unless asked for the others."""
    at, store = now(), store_for_member(user_id=user_id(request), slug=slug, role="owner")
    sent = request.FILES.get("table")
    try:
        if sent is None or sent.size is None or sent.size > MOST_BYTES:
            raise Invalid("shipping.file", _("Choose a CSV file of at most 1 MB."))
        sheet = read_sheet(sent.read().decode("utf-8", "replace"), currency=store.currency, zones=zone_codes(store.id))
        if sheet.refused and "partly" not in request.POST:
            context = _shared(store) | {"refused": [(r.line, r.column, refusal_text(r)) for r in sheet.refused[:200]]}
            return render(request, "seller_shipping/refused.html", context | {"kept": len(sheet.rows)}, status=422)
        day = day_typed(request.POST.get("effective_from", ""), at.date())
        saved = save_table(user_id=user_id(request), slug=slug, rows=sheet.rows, effective_from=day, at=at)
    except Invalid as refused:
        messages.error(request, refused.detail)
        return redirect("seller-shipping", slug=slug)
    said = ngettext("%(n)s row is saved.", "%(n)s rows are saved.", saved) % {"n": saved}
    left = ngettext("%(n)s row could not be used.", "%(n)s rows could not be used.", len(sheet.refused)) % {
        "n": len(sheet.refused)
    }
    messages.success(request, f"{said} {left}" if sheet.refused else said)
    return redirect("seller-shipping", slug=slug)


@signed_in
@require_POST
def table_removal(request: PageRequest, slug: str) -> HttpResponse:
    drop_table(user_id=user_id(request), slug=slug, effective_from=day_typed(request.POST.get("day", ""), date.min))
    messages.success(request, _("The table is taken back. What was in force before it is again."))
    return redirect("seller-shipping", slug=slug)


def _asked_day(request: PageRequest, at: datetime) -> date:
    return day_typed(request.GET.get("day", ""), at.date())


def _own_rows(store: StoreRow, day: date) -> Sequence[TariffRow]:
    own = table_of(store.id, day)
    return own.rows if own else ()


def _platform_rows(store: StoreRow, at: datetime) -> list[TariffRow]:
    """The market's table in the store's currency, as a beginning."""
    theirs, rates = in_force(platform_book(at).tariffs, at.date()), current_rates(at)
    if theirs is None:
        return []
    return [
        TariffRow(
            row.zone, row.service, row.size, row.most_grams,
            rates.convert(Money(row.cost_minor, theirs.currency), store.currency).minor, row.days_min, row.days_max,
        )
        for row in theirs.rows
    ]  # fmt: skip


def _shared(store: StoreRow) -> dict[str, Any]:
    return {"store": store, "section": "shipping"}


def _page(
    request: PageRequest,
    store: StoreRow,
    cells: list[dict[str, str]],
    at: datetime,
    refused: Sequence[RefusedRow] = (),
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _shared(store) | {
        "rows": [*cells, *(blank(cells[-1]["zone"] if cells else "domestic") for _n in range(BLANK_ROWS))],
        "wrong": {(r.line, r.column): refusal_text(r) for r in refused},
        "errors": errors or {},
        "zones": zone_options(store),
        "services": service_options(),
        "sizes": size_options(),
        "effective_from": request.POST.get("effective_from") or at.date().isoformat(),
        "days": table_days(store.id),
    }
    return render(request, "seller_shipping/table.html", context, status=status)
