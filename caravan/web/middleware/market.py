from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from caravan.kernel.ids import uuid7
from caravan.web import market
from caravan.web.request import PageRequest

VISITOR_COOKIE = "visitor"
TWO_YEARS = 60 * 60 * 24 * 730


class MarketMiddleware:
    """Sets `request.market` and `request.visitor_id`, the language and the address prefix; sends bare addresses to a market."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        currency = market.valid_currency(request.COOKIES.get(market.COOKIE, "").partition(":")[2])
        named = market.from_path(request.path_info, currency)
        if named is None and self._wants_market(request):
            return HttpResponseRedirect(f"/{market.guess(request).prefix}{request.get_full_path()}")
        page = cast(PageRequest, request)
        page.market = named or market.guess(request)
        page.visitor_id, is_new = _visitor(request)
        mark = market.current.set(page.market)
        try:
            with translation.override(settings.DJANGO_LANGUAGE[page.market.language]):
                response = self.get_response(request)
        finally:
            market.current.reset(mark)
        if is_new and named:
            response.set_cookie(
                VISITOR_COOKIE,
                str(page.visitor_id),
                max_age=TWO_YEARS,
                httponly=True,
                samesite="Lax",
                secure=settings.PRODUCTION,
            )
        return response

    def _wants_market(self, request: HttpRequest) -> bool:
        top = request.path_info.split("/")[1]
        return request.method in ("GET", "HEAD") and top not in settings.PATHS_WITHOUT_MARKET


def _visitor(request: HttpRequest) -> tuple[UUID, bool]:
    try:
        return UUID(request.COOKIES.get(VISITOR_COOKIE, "")), False
    except ValueError:
        return uuid7(), True
