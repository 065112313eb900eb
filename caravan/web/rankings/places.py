"""The places of a list as the page draws them: goods or stores, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils.translation import ngettext

from caravan.insight.queries import RankingPage
from caravan.insight.rules import Place, shown
from caravan.kernel import markets
from caravan.kernel.markets import Market
from caravan.reputation.queries import credits_of
from caravan.search.queries import cards
from caravan.stores.queries import stores_by_ids
from caravan.web.addresses import store_url
from caravan.web.cards import card_views
from caravan.web.home.stores import store_view
from caravan.web.rankings.words import Why, band, growth_words, why
from caravan.web.templating import percent
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True)
class PlaceView:
    """`picture` is an address or empty, then `initials` stand for it. `direction` is where `growth_text` points."""

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
    return [_view(place, page, known[place.subject_id]) for place in page.places if place.subject_id in known]


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
    found = cards(ids, market=market, at=at)
    pictures = {card.id: card.picture.thumb if card.picture else "" for card in found}
    return {
        view.id: _Subject(
            url=view.url,
            title=view.title,
            picture=pictures[view.id],
            initials="",
            under=view.store_name,
            under_url=view.store_url,
            facts=" · ".join(
                filter(None, (view.price_text, f"★ {view.rating_text} ({view.reviews_text})" if view.rating else ""))
            ),
        )
        for view in card_views(found, market=market, at=at)
    }


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


def _view(place: Place, page: RankingPage, subject: _Subject) -> PlaceView:
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
        why=why(place, page.kind, page.cell.period),
    )
