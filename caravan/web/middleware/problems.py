from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from caravan.kernel.errors import Problem
from caravan.web import errors


class Problems:
    """A `Problem` that reaches no form becomes a designed page of its status (the API answers its own)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.page(request, exception) if isinstance(exception, Problem) else None
