from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from caravan.kernel.errors import BadRequest
from caravan.web import errors

NUL = "\x00"


class Storable:
    """No NUL character reaches a page: nobody types one, and no text of the database can hold it.

    Stands behind the check against forged forms, which has read the form by then. Endpoints without that check read their
    own bodies, and look themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        if getattr(view, "csrf_exempt", False):
            return None
        typed = [text for fields in (request.GET, request.POST) for name, texts in fields.lists() for text in (name, *texts)]
        if any(NUL in str(text) for text in (request.path_info, *typed)):
            return errors.page(request, BadRequest("text.nul", _("There is a character in this that no text can hold.")))
        return None
