"""The whole file of a dispute as a page shows it, and the files in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

from caravan.kernel.errors import Invalid
from caravan.trade.queries.disputes import DisputeRow, evidence_file
from caravan.trade.queries.sides import Side
from caravan.web.disputes.words import verdict, what_next, words


def shown(request: HttpRequest, dispute: DisputeRow, noun: str = "", refused: Invalid | None = None) -> dict[str, Any]:
    """What the templates of all three sides take. `noun`: the form that was refused, with what was typed in it."""
    return {
        "dispute": dispute,
        "order": dispute.order,
        "words": words(),
        "what_next": what_next(dispute),
        "verdict": verdict(dispute) if dispute.outcome else "",
        "noun": noun,
        "typed": request.POST if refused else {},
        "errors": refused.fields if refused else {},
        "wrong": refused.detail if refused else "",
    }


def serve(side: Side, evidence_id: UUID) -> HttpResponseBase:
    """A file of the dispute: pictures and texts to look at, everything else to keep; nothing in it can run in our name."""
    row, content = evidence_file(side, evidence_id)
    kind = "text/plain; charset=utf-8" if row.kind == "text/plain" else row.kind
    response = FileResponse(content, content_type=kind, as_attachment=row.kind == "application/pdf", filename=row.name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
