"""The operator's page of the tax tables: what is in force, and new versions with the day they begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.tax.actions.load import Draft, load_table, look_at
from caravan.tax.queries.tables import rows_of
from caravan.tax.queries.versions import versions
from caravan.tax.queries.words import refusal_words, row_words
from caravan.tax.rules.preview import Change
from caravan.web.guards import signed_in
from caravan.web.request import PageRequest

MOST_SHOWN = 200  # changes and refusals on one page


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent: the day, the file's text and name."""

    day: str
    text: str = ""
    filename: str = ""


@signed_in
@require_http_methods(["GET", "POST"])
def tax_tables(request: PageRequest) -> HttpResponse:
    if not request.user.is_staff:
        raise NotFound("page.unknown", _("There is no such page."))
    at = now()
    if request.method == "GET":
        return _page(request, Typed(at.date().isoformat()), at)
    typed = _typed(request)
    try:
        day = _day(typed.day)
        if "load" not in request.POST:
            return _page(request, typed, at, draft=look_at(text=typed.text, effective_from=day, today=at.date()))
        load_table(text=typed.text, effective_from=day, at=at, filename=typed.filename, loaded_by=request.user.email)
    except (Invalid, Conflict) as refused:
        return _page(request, typed, at, refused=refused)
    messages.success(request, _("The new version is loaded. It rules from the days its rows name."))
    return redirect("operator-tax-tables")


def _typed(request: PageRequest) -> Typed:
    day, file = request.POST.get("effective_from", ""), request.FILES.get("file")
    if file is None:
        return Typed(day, request.POST.get("text", ""), request.POST.get("filename", ""))
    try:
        return Typed(day, file.read().decode("utf-8-sig"), file.name or "")
    except UnicodeDecodeError:
        return Typed(day, "", file.name or "")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as e:
        wrong = _("Write a day like 2027-01-31.")
        raise Invalid("tax.day", wrong, effective_from=wrong) from e


def _page(
    request: PageRequest, typed: Typed, at: datetime, draft: Draft | None = None, refused: Invalid | Conflict | None = None
) -> HttpResponse:
    country = request.GET.get("country", "").upper()[:4] or request.market.code
    try:
        day = date.fromisoformat(request.GET.get("at", ""))
    except ValueError:
        day = at.date()
    context = {
        "section": "taxes",
        "typed": typed,
        "draft": draft,
        "refused": refused,
        "refusals": [(r.line, r.column, r.cell, refusal_words(r)) for r in (draft.refused if draft else ())[:MOST_SHOWN]],
        "changes": [_change(c) for c in (draft.changes if draft else ())[:MOST_SHOWN]],
        "can_load": bool(draft and draft.rows and not draft.refused),
        "country": country,
        "day": day,
        "rows": [(row, *row_words(row)) for row in rows_of(country, day)],
        "versions": versions(),
    }
    return render(request, "tax_tables/tax_tables.html", context, status=refused.status if refused else 200)


def _change(change: Change) -> tuple[str, str, str, str, date]:
    """What happens, to which key, what is said now and what then, and from which day."""
    kinds = {"new": _("new"), "changed": _("changed"), "same": _("the same"), "ended": _("ended")}
    key, then = row_words(change.after)
    before = row_words(change.before)[1] if change.before else "–"
    return kinds[change.kind], key, before, "–" if change.kind == "ended" else then, change.after.effective_from
