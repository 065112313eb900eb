"""Goods by the file: sending one in, watching it, reading what was refused, taking the catalogue out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caravan.catalog.actions import upload_products
from caravan.catalog.queries.export import export_products
from caravan.catalog.queries.jobs import MANY, all_refusals, import_job_of, import_jobs, refusals
from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.kernel.sheets import csv_text
from caravan.people.rules.limits import per_hour
from caravan.stores.queries import store_for_member
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest


@signed_in
@require_http_methods(["GET", "POST"])
@limited("import", per_hour(60))
def imports(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    wrong = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None or not file.size:
                raise Invalid(
                    "feed.empty", _("Choose a file first. It needs a line of column names and a line for each product.")
                )
            job_id = upload_products(
                user_id=user_id(request), store=slug, filename=file.name or "", file=cast(BinaryIO, file), at=now()
            )
        except Invalid as refused:
            wrong = refused.detail
        else:
            messages.success(request, _("We have your file. The goods appear as they are read."))
            return redirect("seller-import", slug=slug, id=job_id)
    jobs = import_jobs(store_id=store.id, before=_uuid(request.GET.get("before", "")))
    next_url = f"?before={jobs[-1].id}" if len(jobs) == MANY else ""
    context = {"store": store, "section": "imports", "jobs": jobs, "next_url": next_url, "wrong": wrong}
    return render(request, "seller_goods/imports.html", context, status=422 if wrong else 200)


@signed_in
@require_safe
def job(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    """The state of an import; to htmx, which asks each second, only the part that moves."""
    store = store_for_member(user_id=user_id(request), slug=slug)
    row = import_job_of(store_id=store.id, job_id=id)
    after = request.GET.get("after", "")
    context = {"store": store, "section": "imports", "job": row, "remaining": max(0, row.total - row.read)}
    if request.htmx and not row.is_over:
        return render(request, "seller_goods/_job.html", context)
    shown = refusals(job_id=id, after_line=int(after) if after.isdecimal() and len(after) < 10 else 0)
    context |= {"refusals": shown, "next_url": f"?after={shown[-1].line}" if len(shown) >= MANY else ""}
    response = render(request, "seller_goods/job.html", context)
    if request.htmx:  # it ended while we watched: the whole page, with its table, once
        response["HX-Retarget"], response["HX-Reselect"], response["HX-Reswap"] = "#main", "#main", "outerHTML"
    return response


@signed_in
@require_safe
def refusals_csv(request: PageRequest, slug: str, id: UUID) -> HttpResponseBase:
    store = store_for_member(user_id=user_id(request), slug=slug)
    row = import_job_of(store_id=store.id, job_id=id)
    return _download(_refusal_lines(row.id), f"refused-{row.created_at:%Y-%m-%d}.csv")


@signed_in
@require_safe
def export(request: PageRequest, slug: str) -> HttpResponseBase:
    store = store_for_member(user_id=user_id(request), slug=slug)
    return _download(export_products(store.id), f"{store.slug}.csv")


def _refusal_lines(job_id: UUID) -> Iterator[str]:
    yield csv_text([("line", "id", "code", "reason")])
    for row in all_refusals(job_id=job_id):
        yield csv_text([(row.line, row.ref, row.code, row.reason)])


def _download(lines: Iterator[str], name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
