from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from caravan.kernel.ids import uuid7
from caravan.web import market
from caravan.web.request import PageRequest

VISITOR_COOKIE = "visitor"
TWO_YEARS = 60 * 60 * 24 * 730


class MarketMiddleware:
    """Sets `request.market` and `request.visitor_id`, and enters the market; sends bare addresses to one.

    Views and address patterns see the path below the market's prefix (`path_info`); `request.path` stays whole.
    """

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
        if named:
            request.path_info = market.below_prefix(request.path_info)
        with market.entered(page.market, in_address=named is not None):
            response = self.get_response(request)
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
