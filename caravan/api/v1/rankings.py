from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from caravan.api.endpoint import Call, Shape, endpoint
from caravan.api.v1.shapes import page_of
from caravan.api.v1.stores import BandShape, band
from caravan.catalog.queries import category, titles
from caravan.insight.queries import ranking
from caravan.insight.queries.rankings import Kind
from caravan.insight.rules import Period, Place, PlaceFigures, score_parts, shown
from caravan.kernel.errors import BadRequest
from caravan.stores.queries.stores import stores_by_ids


class RankingQuery(Shape, frozen=True):
    """`category` a path (none: all goods), `market` a country (none: all together), `rising` for rising ones."""

    category: str = ""
    market: str = ""
    period: Period = Period.WEEK
    rising: bool = False
    cursor: str = ""
    limit: int = 20


class WindowShape(Shape, frozen=True):
    """The period itself: its first instant belongs to it, its last does not."""

    start: datetime
    end: datetime


class ScoreShape(Shape, frozen=True):
    """What each part adds to the score; docs/insight.md has the formula."""

    recent: float
    long: float
    growth: float
    quality: float


class PlaceShape(Shape, frozen=True):
    """A place, and why: `buyers`, `units` of the period (in bands under 20 buyers), `parts` of the score.

    Where a band could be worked out of them, `score` is a whole number and `growth` and `parts` are null.
    """

    id: UUID
    title: str
    rank: int
    score: float
    buyers: BandShape
    units: BandShape
    growth: float | None
    stars: float
    ratings: int
    parts: ScoreShape | None


class RankingShape(Shape, frozen=True):
    items: list[PlaceShape]
    next: str | None
    window: WindowShape | None
    refreshed_at: datetime | None


@endpoint("GET", "rankings/products", answer=RankingShape, query=RankingQuery)
def rank_products(call: Call[RankingQuery, None]) -> RankingShape:
    """Hot-selling or rising products of a category, a market and a period

    Without `market` all markets together.
    """
    kind: Kind = "rising_products" if call.query.rising else "products"
    return _ranking(call, kind, lambda ids: titles(ids, call.market.language))


@endpoint("GET", "rankings/stores", answer=RankingShape, query=RankingQuery)
def rank_stores(call: Call[RankingQuery, None]) -> RankingShape:
    """Best-selling or rising stores of a category, a market and a period

    Without `market` all markets together.
    """
    kind: Kind = "rising_stores" if call.query.rising else "stores"
    return _ranking(call, kind, lambda ids: {key: store.name for key, store in stores_by_ids(ids).items()})


def _ranking(call: Call[RankingQuery, None], kind: Kind, names: Callable[[list[UUID]], dict[UUID, str]]) -> RankingShape:
    q = call.query
    if q.category:
        category(q.category, call.market.language)
    page = ranking(kind, category=q.category, market=q.market, period=q.period, limit=page_of(q.limit), after=_after(q.cursor))
    named = names([place.subject_id for place in page.places])
    return RankingShape(
        items=[_place(place, named.get(place.subject_id, "")) for place in page.places],
        next=str(page.next) if page.next else None,
        window=WindowShape(start=page.windows.recent_from, end=page.windows.until) if page.windows else None,
        refreshed_at=page.refreshed_at,
    )


def _place(place: Place, title: str) -> PlaceShape:
    f = place.figures
    return PlaceShape(
        id=place.subject_id,
        title=title,
        rank=place.rank,
        score=place.score if f.hides_nobody else round(place.score),
        buyers=band(shown(f.buyers, buyers=f.buyers)),
        units=band(shown(f.units, buyers=f.buyers)),
        growth=f.growth if f.hides_nobody else None,
        stars=f.stars,
        ratings=f.ratings,
        parts=_parts(f) if f.hides_nobody else None,
    )


def _parts(figures: PlaceFigures) -> ScoreShape:
    parts = score_parts(figures)
    return ScoreShape(recent=parts.recent, long=parts.long, growth=parts.growth, quality=parts.quality)


def _after(cursor: str) -> int:
    if not cursor:
        return 0
    if not cursor.isascii() or not cursor.isdigit() or int(cursor) > 1000:
        raise BadRequest("cursor", "This cursor is not one of ours; start from the first page.")
    return int(cursor)
