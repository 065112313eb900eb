"""What a page tells `signals`: who looked at what, where they came from. People only; crawlers are not counted."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from caravan.signals.actions import note
from caravan.signals.rules import Kind, Sighting, is_person
from caravan.web.market import PREFIX
from caravan.web.request import PageRequest


def see(
    request: PageRequest,
    kind: Kind,
    *,
    at: datetime,
    product_id: UUID | None = None,
    store_id: UUID | None = None,
    category_path: str = "",
    query: str = "",
    results: int | None = None,
) -> None:
    """Note that this visitor did `kind`."""
    if not is_person(request.headers.get("user-agent", "")):
        return
    note(
        Sighting(
            at=at,
            kind=kind,
            visitor_id=request.visitor_id,
            user_id=request.user.pk,
            market=request.market.code,
            language=request.market.language,
            source=_source(request),
            product_id=product_id,
            store_id=store_id,
            category_path=category_path,
            query=query,
            results=results,
        )
    )


def see_product(request: PageRequest, *, at: datetime, product_id: UUID, store_id: UUID, category_path: str) -> None:
    """A product page was opened: a view, and a click as well where one of our own lists led to it."""
    see(request, "view", at=at, product_id=product_id, store_id=store_id, category_path=category_path)
    came_from = urlsplit(request.headers.get("referer", ""))
    if came_from.netloc == request.get_host() and PREFIX.match(came_from.path):
        query = parse_qs(came_from.query).get("q", [""])[0]
        see(request, "click", at=at, product_id=product_id, store_id=store_id, category_path=category_path, query=query)


def _source(request: PageRequest) -> str:
    """`utm_source`, else the host of another site that led here, else nothing."""
    if named := request.GET.get("utm_source"):
        return named
    host = urlsplit(request.headers.get("referer", "")).netloc
    return "" if host == request.get_host() else host
