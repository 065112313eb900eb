"""Promotions by file: bring them in, take them out."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.people.rules.limits import per_hour
from caravan.promotions.actions.importing import Imported, bring_in
from caravan.promotions.queries.export import promotions_csv
from caravan.promotions.rules.sheet import COLUMNS
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_promotions.desk import Desk

MOST_BYTES = 2_000_000
MOST_SHOWN = 200  # refused lines


@signed_in
@require_http_methods(["GET", "POST"])
@limited("promotion-file", per_hour(60))
def files(request: PageRequest, slug: str) -> HttpResponse:
    desk, status = Desk.of(request, slug), 200
    context: dict[str, object] = {"columns": COLUMNS, "refused": (), "more": 0, "error": ""}
    if request.method == "POST":
        try:
            done = bring_in(user_id=user_id(request), slug=slug, lines=_lines(request), at=now())
        except Invalid as refused:
            context["error"], status = refused.detail, refused.status
        else:
            _tell(request, done)
            context |= {"refused": done.refused[:MOST_SHOWN], "more": max(0, len(done.refused) - MOST_SHOWN)}
            status = 422 if done.refused else 200
    return render(request, "promotions/files.html", desk.context() | context, status=status)


@signed_in
@require_safe
def export(request: PageRequest, slug: str) -> HttpResponse:
    desk = Desk.of(request, slug)
    headers = {"Content-Disposition": f'attachment; filename="promotions-{slug}.csv"'}
    return HttpResponse(promotions_csv(desk.owner, now()), content_type="text/csv; charset=utf-8", headers=headers)


def _lines(request: PageRequest) -> list[str]:
    sent = request.FILES.get("file")
    if sent is None or sent.size is None or sent.size > MOST_BYTES:
        raise Invalid("promotions.file", _("Choose a CSV file of at most %(mb)s MB.") % {"mb": MOST_BYTES // 1_000_000})
    return list(io.StringIO(sent.read().decode("utf-8-sig", "replace"), newline=""))


def _tell(request: PageRequest, done: Imported) -> None:
    kept = done.created + done.updated + done.unchanged
    words = {"n": kept, "created": done.created, "updated": done.updated, "unchanged": done.unchanged}
    said = ngettext(
        "%(n)s promotion: %(created)s new, %(updated)s changed, %(unchanged)s as it was.",
        "%(n)s promotions: %(created)s new, %(updated)s changed, %(unchanged)s as they were.",
        kept,
    )
    (messages.warning if done.refused else messages.success)(request, said % words)
