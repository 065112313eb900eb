"""Refusals as RFC 9457 problem details."""

from __future__ import annotations

import msgspec
from django.http import HttpResponse

from caravan.api.endpoint import Shape
from caravan.kernel.errors import Problem, RateLimited


class ProblemShape(Shape, frozen=True):
    """RFC 9457. `code` is stable and meant for programs, `detail` for people; `fields` says what is wrong with each field."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    fields: dict[str, str] = {}


def answer(problem: Problem) -> HttpResponse:
    shape = ProblemShape(
        type=f"urn:caravan:problem:{problem.code}",
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        code=problem.code,
        fields=problem.fields,
    )
    response = HttpResponse(msgspec.json.encode(shape), status=problem.status, content_type="application/problem+json")
    if isinstance(problem, RateLimited):
        response["Retry-After"] = str(problem.retry_after)
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response
