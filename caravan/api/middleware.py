from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern


class Shortcut:
    """Sends a call of the API straight to its endpoint: cookies, markets in addresses and messages are the pages' affair.

    Stands above the middleware of pages. The API's own pages, to be read by people, go the usual way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        from caravan.api.urls import endpoints

        self.get_response = get_response
        self._endpoints = URLResolver(RegexPattern(r"^/"), endpoints)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/"):
            try:
                found = self._endpoints.resolve(request.path_info)
            except Resolver404:
                return self.get_response(request)
            response: HttpResponse = found.func(request, *found.args, **found.kwargs)
            return response
        return self.get_response(request)
