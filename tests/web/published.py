"""Published figures without a lake: lists written as the refresh would, for pages that only read them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import html5lib
import msgspec

from caravan.insight.models import Ranking, Refresh
from tests.factories import AT


def figures(buyers: int, before: int = 0) -> tuple[object, ...]:
    """Those of `insight.rules.PlaceFigures`, in their order."""
    return (
        buyers,
        float(buyers),
        float(before),
        float(buyers + before),
        0.5,
        0.75,
        1.2,
        buyers,
        buyers * 1000,
        0,
        buyers,
        buyers,
        4.2,
        3,
    )


def publish(
    kind: str,
    places: list[tuple[UUID, int]],
    *,
    before: int = 0,
    category: str = "",
    market: str = "",
    period: str = "7d",
    at: datetime = AT,
) -> None:
    """A list of (subject, buyers), best first, each with so many `before`, refreshed five minutes after the instant it is of."""
    stored = [(id, 3.0 - n / 100, figures(buyers, before)) for n, (id, buyers) in enumerate(places)]
    Ranking.objects.create(
        kind=kind, category_path=category, market=market, period=period, places=msgspec.json.encode(stored).decode(), digest=b"x"
    )
    Refresh.objects.update_or_create(pk=1, defaults={"as_of": at, "refreshed_at": at + timedelta(minutes=5)})


def checked(page: str) -> str:
    """HTML without a single parse error."""
    parser = html5lib.HTMLParser()
    parser.parse(page)
    assert not parser.errors, parser.errors[:5]
    return page
