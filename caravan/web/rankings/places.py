"""The places of a list as the page draws them: goods or stores, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils.translation import ngettext

from caravan.insight.queries import Kind, RankingPage
from caravan.insight.rules import Period, Place, shown
from caravan.kernel import markets
from caravan.kernel.markets import Market
from caravan.reputation.queries import credits_of
from caravan.search.queries import cards
from caravan.stores.queries import stores_by_ids
from caravan.web.addresses import store_url
from caravan.web.cards import CardView, card_views
from caravan.web.home.stores import store_view
from caravan.web.rankings.words import Why, band, growth_words, why
from caravan.web.templating import percent
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True, eq=False)
class PlaceView:
    """`picture` is an address or empty, then `initials` stand for it. `direction` is where `growth_text` points.

    The same object while the place and what stands on it are: so its drawing can be kept.
    """

    rank: int
    url: str
    title: str
    picture: str
    initials: str
    under: str
    under_url: str
    facts: str
    buyers_text: str
    buyers_word: str
    growth_text: str
    direction: str
    why: Why


def place_views(page: RankingPage, market: Market, at: datetime) -> list[PlaceView]:
    """In one statement or two. What left the market since the last refresh is left out; its rank stays free."""
    ids = [place.subject_id for place in page.places]
    known = _stores(ids, market) if page.kind.endswith("stores") else _goods(ids, market, at)
    return [
        _view(place, known[place.subject_id], page.kind, page.cell.period, market.locale)
        for place in page.places
        if place.subject_id in known
    ]


@dataclass(frozen=True, slots=True)
class _Subject:
    url: str
    title: str
    picture: str
    initials: str
    under: str
    under_url: str
    facts: str


def _goods(ids: list[UUID], market: Market, at: datetime) -> dict[UUID, _Subject]:
    return {view.id: _good(view) for view in card_views(cards(ids, market=market, at=at), market=market, at=at)}


@lru_cache(maxsize=4_096)
def _good(view: CardView) -> _Subject:
    stars = f"★ {view.rating_text} ({view.reviews_text})" if view.rating else ""
    return _Subject(
        url=view.url,
        title=view.title,
        picture=view.picture.thumb if view.picture else "",
        initials="",
        under=view.store_name,
        under_url=view.store_url,
        facts=" · ".join(filter(None, (view.price_text, stars))),
    )


def _stores(ids: list[UUID], market: Market) -> dict[UUID, _Subject]:
    credits = credits_of(ids)
    found = {}
    for id, store in stores_by_ids(ids).items():
        if not store.is_open:
            continue
        view = store_view(store, credits[id], None, market)
        positive = credits[id].positive_rate
        found[id] = _Subject(
            url=store_url(store.slug),
            title=store.name,
            picture=default_storage.url(store.logo) if store.logo else "",
            initials=view.initials,
            under=markets.country(store.country).name(market.language),
            under_url="",
            facts="" if positive is None else _("%(rate)s positive") % {"rate": percent(positive, 1)},
        )
    return found


@lru_cache(maxsize=4_096)
def _view(place: Place, subject: _Subject, kind: Kind, period: Period, locale: str) -> PlaceView:
    """In the language of `locale`, which is the one in force."""
    text, direction = growth_words(place.figures)
    buyers = shown(place.figures.buyers, buyers=place.figures.buyers)
    return PlaceView(
        rank=place.rank,
        url=subject.url,
        title=subject.title,
        picture=subject.picture,
        initials=subject.initials,
        under=subject.under,
        under_url=subject.under_url,
        facts=subject.facts,
        buyers_text=band(buyers),
        buyers_word=ngettext("buyer", "buyers", buyers.high or buyers.low),
        growth_text=text,
        direction=direction,
        why=why(place, kind, period),
    )
