"""The same promotion once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from caravan.promotions.rules.drafts import CouponDraft, Draft


def later(draft: Draft, at: datetime) -> Draft:
    """`draft` at the next time of its hour after `at`, where it would have begun before; without what only one may have."""
    days = 0 if draft.frame.since > at else (at - draft.frame.since).days + 1
    moved = timedelta(days=days)
    frame = replace(draft.frame, since=draft.frame.since + moved, until=draft.frame.until + moved, ref="")
    if isinstance(draft, CouponDraft):
        since, until = draft.valid_since, draft.valid_until
        return replace(
            draft, frame=frame, code="",
            valid_since=since + moved if since else None, valid_until=until + moved if until else None,
        )  # fmt: skip
    return replace(draft, frame=frame)
