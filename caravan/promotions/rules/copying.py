"""The same promotion once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from caravan.promotions.rules.drafts import CouponDraft, Draft


def later(draft: Draft, at: datetime, zone: str) -> Draft:
    """`draft` at the next time of its hour after `at`, by the clock of `zone`, where it would have begun before; without what
    only one may have."""
    days = 0 if draft.frame.since > at else (at - draft.frame.since).days
    while _moved(draft.frame.since, days, zone) <= at:
        days += 1
    since, until = (_moved(one, days, zone) for one in (draft.frame.since, draft.frame.until))
    frame = replace(draft.frame, since=since, until=until, ref="")
    if isinstance(draft, CouponDraft):
        return replace(
            draft, frame=frame, code="",
            valid_since=_moved(draft.valid_since, days, zone) if draft.valid_since else None,
            valid_until=_moved(draft.valid_until, days, zone) if draft.valid_until else None,
        )  # fmt: skip
    return replace(draft, frame=frame)


def _moved(instant: datetime, days: int, zone: str) -> datetime:
    """So many days later at the same hour, also where clocks were changed between."""
    local = instant.astimezone(ZoneInfo(zone))
    return (local + timedelta(days=days)).astimezone(UTC)
