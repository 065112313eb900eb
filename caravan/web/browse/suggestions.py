from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.catalog.queries import tree
from caravan.kernel.markets import Market
from caravan.search.queries import cards, suggest
from caravan.search.rules.page import Suggestion
from caravan.web.addresses import category_url
from caravan.web.cards import CardView, card_views


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """What `components/search.html` draws: with `url` it goes there, without it searches for `text`. `kind` is an icon."""

    text: str
    url: str = ""
    kind: str = "search"
    note: str = ""


def rows(typed: str, *, market: Market, at: datetime) -> list[SuggestionRow]:
    found = suggest(typed, language=market.language)
    goods = [UUID(one.target) for one in found if one.kind == "product"]
    known = {str(view.id): view for view in card_views(cards(goods, market=market, at=at), market=market, at=at)}
    return [row for one in found if (row := _row(one, market, known))]


def _row(one: Suggestion, market: Market, known: dict[str, CardView]) -> SuggestionRow | None:
    """None for a category or product that is no more."""
    if one.kind == "query":
        return SuggestionRow(one.text)
    if one.kind == "category":
        exists = one.target in tree(market.language)
        return SuggestionRow(one.text, category_url(one.target), "list", _("Category")) if exists else None
    view = known.get(one.target)
    return SuggestionRow(view.title, view.url, "tag", view.price_text) if view else None
