"""The pages and the API as the web server calls them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caravan.project.settings")
_django = get_wsgi_application()

from caravan.project.threads import keep_by_thread  # noqa: E402 - Django is set up now

keep_by_thread()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """What is whole already is handed over whole: the server sends it in one piece, and need not ask whether there is more."""
    response = _django(environ, start_response)
    if not isinstance(response, HttpResponse):
        return response
    response.close()
    return [response.content]
