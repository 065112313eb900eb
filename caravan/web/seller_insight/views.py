from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.catalog.queries import tree
from caravan.insight.queries import (
    Kind,
    StorePlace,
    funnel_of,
    last_refresh,
    own_volume,
    places_of_store,
    ranking,
    shelf_of_store,
)
from caravan.insight.rules import Period
from caravan.kernel.clock import now
from caravan.kernel.errors import BadRequest
from caravan.kernel.markets import Market
from caravan.search.queries import cards
from caravan.stores.queries import StoreRow, store_for_member
from caravan.web.addresses import product_url
from caravan.web.guards import signed_in, user_id
from caravan.web.rankings.asked import Asked
from caravan.web.rankings.places import PlaceView, place_views
from caravan.web.rankings.views import kind_words
from caravan.web.rankings.words import Why, period_words, why
from caravan.web.request import PageRequest
from caravan.web.seller_insight.funnel import steps
from caravan.web.store.volume import volume_view

TOP = 10
MOST_PLACES = 30


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One of the store's goods in a list: where, of how many, why; `list_url` shows the whole list."""

    title: str
    url: str
    list_text: str
    list_url: str
    rank: int
    total: int
    why: Why


@signed_in
@require_safe
def insight(request: PageRequest, slug: str) -> HttpResponse:
    """The market as it matters to this store: what sells around it, where its goods stand and why, its own way to orders."""
    store, at, market = store_for_member(user_id=user_id(request), slug=slug), now(), request.market
    period = _period(request.GET.get("period", "7d"))
    shelf = [path for path in shelf_of_store(store.id) if path in tree(market.language)]
    category = request.GET.get("category", shelf[0] if shelf else "")
    if category not in ("", *shelf):
        raise BadRequest("insight.category", _("Choose one of the categories you have goods in."))
    as_of, refreshed_at = last_refresh()
    context = {
        "store": store,
        "section": "insight",
        "as_of": as_of,
        "refreshed_at": refreshed_at,
        "period": period,
        "period_text": period_words(period),
        "periods": _periods(request.path, category, period),
        "categories": _categories(request.path, shelf, category, period, market),
        "category_name": tree(market.language)[category].name if category else _("All goods"),
        "volume": volume_view(own_volume(store.id)),
        "steps": steps(funnel_of(store.id)),
        "own": _own_places(store, period, market, at),
        "hot": _top("products", category, period, market, at),
        "rising": _top("rising_products", category, period, market, at),
        "hot_url": Asked(category=category, period=period).address(reverse("rankings")),
        "rising_url": Asked(kind="rising_products", category=category, period=period).address(reverse("rankings")),
    }
    return render(request, "seller_insight/insight.html", context)


def _period(text: str) -> Period:
    try:
        return Period(text)
    except ValueError as e:
        raise BadRequest("insight.period", _("Choose 24 hours, 7 days or 30 days.")) from e


def _periods(path: str, category: str, chosen: Period) -> list[tuple[str, str, bool]]:
    return [(period_words(p), f"{path}?period={p.value}&category={category}", p == chosen) for p in Period]


def _categories(path: str, shelf: list[str], chosen: str, period: Period, market: Market) -> list[tuple[str, str, bool]]:
    names = tree(market.language)
    rows = [(names[one].name, f"{path}?period={period.value}&category={one}", one == chosen) for one in shelf]
    return [*rows, (_("All goods"), f"{path}?period={period.value}&category=", chosen == "")]


def _top(kind: Kind, category: str, period: Period, market: Market, at: datetime) -> list[PlaceView]:
    return place_views(ranking(kind, category=category, period=period, limit=TOP), market, at)


def _own_places(store: StoreRow, period: Period, market: Market, at: datetime) -> list[OwnPlace]:
    found = places_of_store(store.id, period=period, limit=MOST_PLACES)
    titles = {
        card.id: (card.title, product_url(card.slug, card.id))
        for card in cards([p.place.subject_id for p in found], market=market, at=at)
    }
    return [_own_place(one, titles, market) for one in found if one.place.subject_id in titles]


def _own_place(one: StorePlace, titles: dict[UUID, tuple[str, str]], market: Market) -> OwnPlace:
    title, url = titles[one.place.subject_id]
    names, path = tree(market.language), one.cell.category
    place_name = names[path].name if path in names else _("All goods")
    return OwnPlace(
        title=title,
        url=url,
        list_text=f"{kind_words()[one.kind]}, {place_name}",
        list_url=Asked(kind=one.kind, category=path, period=one.cell.period).address(reverse("rankings")),
        rank=one.place.rank,
        total=one.total,
        why=why(one.place, one.kind, one.cell.period),
    )
