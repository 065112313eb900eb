"""Feedback ready to draw, on every page that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from caravan.kernel import markets
from caravan.kernel.errors import BadRequest
from caravan.kernel.markets import Market
from caravan.reputation.queries import FeedbackRow, RatingRow
from caravan.web.templating import day, percent
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What `components/review.html` draws, and what its page links it to."""

    id: UUID
    rating: int
    author: str
    place_text: str
    at_text: str
    variant_text: str
    text: str
    old_version: bool
    reply: str
    reply_at_text: str
    product_slug: str
    product_id: UUID
    title: str
    pictures: tuple[tuple[str, str], ...] = ()


def review_views(rows: Iterable[FeedbackRow], market: Market) -> list[ReviewView]:
    return [
        ReviewView(
            id=row.id,
            rating=row.stars,
            author=row.buyer,
            place_text=_country(row.market, market),
            at_text=day(row.created_at),
            variant_text="" if row.scored else _("Shown, and left out of the store's points"),
            text=row.text,
            old_version=not row.current,
            reply=row.reply,
            reply_at_text=day(row.replied_at) if row.replied_at else "",
            product_slug=row.product_slug,
            product_id=row.product_id,
            title=row.title,
        )
        for row in rows
    ]


def histogram_rows(rating: RatingRow, address: str) -> list[tuple[int, int, str, str]]:
    """(stars, per cent, text, address that shows only those), five stars first."""
    return [
        (
            stars,
            round(rating.histogram.share(stars) * 100),
            percent(rating.histogram.share(stars)),
            f"{address}?stars={stars}#reviews" if rating.histogram.counts[stars - 1] else "",
        )
        for stars in (5, 4, 3, 2, 1)
    ]


def asked_stars(query: QueryDict) -> int | None:
    """The `stars` of an address, None for all. Raises BadRequest for anything but 1 to 5."""
    text = query.get("stars", "")
    if text in ("", "1", "2", "3", "4", "5"):
        return int(text) if text else None
    raise BadRequest("feedback.stars", _("There are one to five stars. Choose from the list on the page."))


def _country(code: str, market: Market) -> str:
    return markets.country(code).name(market.language) if code in markets.countries() else code
