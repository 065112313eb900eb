"""Feedback as people read it: newest first, a page at a time, the version it was about beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from caravan.kernel.errors import BadRequest
from caravan.reputation.models import Feedback
from caravan.reputation.rules import DEFAULTS


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """`buyer` is masked ("M***a"), `current` says whether the listing is still the version that was bought, `title` is that
    version's. `scored` False: shown, but not counted."""

    id: UUID
    created_at: datetime
    stars: int
    text: str
    language: str
    market: str
    buyer: str
    reply: str
    replied_at: datetime | None
    scored: bool
    version_number: int
    current: bool
    product_id: UUID
    product_slug: str
    title: str
    described: int | None
    communication: int | None
    shipping: int | None


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    rows: tuple[FeedbackRow, ...]
    next: str | None


PAGE = """
SELECT f.id, f.created_at, f.stars, f.text, f.language, f.market, b.name, f.reply, f.replied_at, f.scored,
       v.number, p.version_id = f.version_id, p.id, p.slug, v.title, f.described, f.communication, f.shipping
FROM reputation_feedback f
JOIN catalog_product p ON p.id = f.product_id
JOIN catalog_version v ON v.id = f.version_id
JOIN people_buyer b ON b.id = f.buyer_id
WHERE {subject} = %(id)s
  AND (%(stars)s::int IS NULL OR f.stars = %(stars)s::int)
  AND (%(before)s::timestamptz IS NULL OR (f.created_at, f.id) < (%(before)s::timestamptz, %(before_id)s::uuid))
ORDER BY f.created_at DESC, f.id DESC LIMIT %(limit)s
"""


def feedback_of_product(product_id: UUID, *, stars: int | None = None, limit: int = 10, cursor: str = "") -> FeedbackPage:
    """Raises BadRequest for a cursor that is not one of ours."""
    return _page("f.product_id", product_id, stars, limit, cursor)


def feedback_of_store(store_id: UUID, *, stars: int | None = None, limit: int = 20, cursor: str = "") -> FeedbackPage:
    """Raises BadRequest for a cursor that is not one of ours."""
    return _page("f.store_id", store_id, stars, limit, cursor)


def feedback_by_account(user_id: UUID, *, limit: int = 20, cursor: str = "") -> FeedbackPage:
    """What the account has said, of everything it bought. Raises BadRequest for a cursor that is not one of ours."""
    return _page("b.user_id", user_id, None, limit, cursor)


def unanswered(store_id: UUID) -> int:
    """How much of the store's feedback of two stars or fewer has no answer yet."""
    return Feedback.objects.filter(store_id=store_id, stars__lte=DEFAULTS.negative_to, reply="").count()


def _page(subject: str, subject_id: UUID, stars: int | None, limit: int, cursor: str) -> FeedbackPage:
    before, before_id = _parse(cursor)
    with connection.cursor() as db:
        db.execute(
            PAGE.format(subject=subject),
            {"id": subject_id, "stars": stars, "before": before, "before_id": before_id, "limit": limit + 1},
        )
        rows = [_row(r) for r in db.fetchall()]
    more = len(rows) > limit
    rows = rows[:limit]
    return FeedbackPage(tuple(rows), f"{rows[-1].created_at.isoformat()}~{rows[-1].id}" if more else None)


def _row(values: tuple[Any, ...]) -> FeedbackRow:
    return FeedbackRow(*(*values[:6], masked(values[6]), *values[7:]))


def masked(name: str) -> str:
    """A name its owner recognises and nobody else: "Maria Silva" is "M***a"."""
    first = name.split(" ")[0] if name else ""
    return f"{first[0]}***{first[-1]}" if len(first) > 1 else "***"


def _parse(cursor: str) -> tuple[datetime | None, UUID | None]:
    if not cursor:
        return None, None
    before, _, before_id = cursor.partition("~")
    try:
        return datetime.fromisoformat(before), UUID(before_id)
    except ValueError as e:
        raise BadRequest("cursor", "This cursor is not one of ours; start from the first page.") from e
