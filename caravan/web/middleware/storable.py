from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from caravan.kernel.errors import BadRequest
from caravan.web import errors

NUL = "\x00"
MOST_BYTES = 210_000_000  # of one request: the largest product file, and what stands around it


class Storable:
    """Nothing reaches a page that could not be kept: no request that fills the disk while it is read, no NUL character,
    which nobody types and no text of the database can hold.

    Text is looked at behind the check against forged forms, which has read the form by then. Endpoints without that check
    read their own bodies, and look themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Before anybody reads the form. The API refuses long bodies itself, in its own words.
        if _length(request) > MOST_BYTES and not request.path_info.startswith("/api/"):
            return errors.page(request, BadRequest("request.large", _("This is more than can be sent at once. Split it.")))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        if getattr(view, "csrf_exempt", False):
            return None
        typed = [text for fields in (request.GET, request.POST) for name, texts in fields.lists() for text in (name, *texts)]
        if any(NUL in str(text) for text in (request.path_info, *typed)):
            return errors.page(request, BadRequest("text.nul", _("There is a character in this that no text can hold.")))
        return None


def _length(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or ""
    return int(declared) if declared.isdecimal() and len(declared) < 19 else 0
