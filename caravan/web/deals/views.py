from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from caravan.catalog.queries import tree
from caravan.kernel.clock import now
from caravan.promotions.queries.deals import Pieces, deal_categories, live_deals, pieces_of
from caravan.search.queries import cards
from caravan.web.cards import CardView, card_views
from caravan.web.request import PageRequest
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True)
class DealCard:
    card: CardView
    until: datetime | None
    pieces: Pieces | None


@require_safe
def deals(request: PageRequest) -> HttpResponse:
    """All deals that are on for the visitor, ending soonest first."""
    at, market = now(), request.market
    names = tree(market.language)
    category = request.GET.get("in", "")
    category = category if category in names else ""
    page = live_deals(market.code, at, category=category, cursor=request.GET.get("after", ""))
    departments = [(path, count) for path, count in deal_categories(market.code, at) if path in names]
    context = {
        "deals": _cards(request, page.product_ids, at),
        "at": at,
        "category": category,
        "heading": _("Deals in %(category)s") % {"category": names[category].name} if category else _("Deals"),
        "departments": [
            (_("All"), _address(""), not category),
            *((f"{names[path].name} ({count})", _address(path), path == category) for path, count in departments),
        ],
        "total": sum(count for _path, count in departments),
        "first_url": _address(category) if "after" in request.GET else "",
        "next_url": _address(category, page.next_cursor) if page.next_cursor else "",
    }
    return render(request, "deals/deals.html", context)


def _cards(request: PageRequest, ids: tuple[UUID, ...], at: datetime) -> list[DealCard]:
    """What a deal was taken from a moment ago is left out: a card says what is true now."""
    found = [card for card in cards(ids, market=request.market, at=at) if card.on_offer]
    deal_ids = [card.deal_id for card in found if card.deal_id]
    pieces = pieces_of(deal_ids) if deal_ids else {}
    views = card_views(found, market=request.market, at=at)
    return [
        DealCard(view, card.deal_until, pieces.get(card.deal_id) if card.deal_id else None)
        for card, view in zip(found, views, strict=True)
    ]


def _address(category: str, cursor: str = "") -> str:
    pairs = [(name, value) for name, value in (("in", category), ("after", cursor)) if value]
    return reverse("deals") + (f"?{urlencode(pairs)}" if pairs else "")
