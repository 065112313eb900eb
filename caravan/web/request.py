from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from caravan.kernel.markets import Market


class PageRequest(HttpRequest):
    """What a view of ours receives: a request whose market and visitor the middleware has settled. For annotations only."""

    market: Market
    visitor_id: UUID
    htmx: HtmxDetails
