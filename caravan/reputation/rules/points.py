"""Feedback points: what a rating counts for, and which ratings count at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal
from uuid import UUID

from caravan.reputation.rules.settings import DEFAULTS, ReputationSettings

Unscored = Literal["", "small_order", "decided_dispute"]


@dataclass(frozen=True, slots=True)
class Rating:
    """One buyer's opinion of one thing bought from one store: `stars` and the three detailed ratings are 1 to 5.

    A rating that is not `scored` is shown and counted in the histogram, and in nothing else.
    """

    buyer_id: UUID
    at: datetime
    stars: int
    scored: bool = True
    described: int | None = None
    communication: int | None = None
    shipping: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a buyer's ratings of a store within one span come to: +1, 0 or -1, dated by the first of them."""

    buyer_id: UUID
    at: datetime
    point: int


def unscored_reason(order_usd_minor: int, *, decided_by_platform: bool, settings: ReputationSettings = DEFAULTS) -> Unscored:
    """Why a rating of such an order is shown without being scored; "" where it is scored."""
    if decided_by_platform:
        return "decided_dispute"
    return "small_order" if order_usd_minor < settings.scored_from_usd_minor else ""


def verdicts(ratings: Iterable[Rating], settings: ReputationSettings = DEFAULTS) -> list[Verdict]:
    """The scored ratings of one store, a buyer's ratings within ten days counted once, oldest first.

    A span opens with a buyer's first rating and closes ten days later (excluded); the next rating opens another. A span
    counts as the sign of the sum of its points, so one good and one bad rating come to nothing.
    """
    scored = sorted((r for r in ratings if r.scored), key=lambda r: (r.buyer_id, r.at))
    found = [v for _, own in groupby(scored, key=lambda r: r.buyer_id) for v in _of_one_buyer(own, settings)]
    return sorted(found, key=lambda v: (v.at, v.buyer_id))


def _of_one_buyer(ratings: Iterable[Rating], settings: ReputationSettings) -> Iterable[Verdict]:
    first: Rating | None = None
    total = 0
    for rating in ratings:
        if first is None or rating.at >= first.at + settings.counted_once_within:
            if first is not None:
                yield Verdict(first.buyer_id, first.at, _sign(total))
            first, total = rating, 0
        total += point(rating.stars, settings)
    if first is not None:
        yield Verdict(first.buyer_id, first.at, _sign(total))


def point(stars: int, settings: ReputationSettings = DEFAULTS) -> int:
    """+1 for 5 and 4 stars, 0 for 3, -1 for 2 and 1."""
    return (stars >= settings.positive_from) - (stars <= settings.negative_to)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
