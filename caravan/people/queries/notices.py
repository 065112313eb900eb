from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from caravan.kernel.errors import BadRequest, NotFound
from caravan.people.models import Notice, NoticeChoice
from caravan.people.rules.notices import KINDS, Part, unpacked

A_PAGE = 30
MOST_COUNTED = 100
_SALT = "people.notices.refusal"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """`url` is a path below the market's prefix, empty where there is nothing to look at. `queries/notice_words.py` words it."""

    id: UUID
    code: str
    about: Mapping[str, Part]
    url: str
    at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class NoticePage:
    rows: tuple[NoticeRow, ...]
    next_cursor: str


def notices_of(*, user_id: UUID, cursor: str = "", limit: int = A_PAGE) -> NoticePage:
    """What the person was told, newest first. Raises BadRequest for a cursor that is none."""
    held = Notice.objects.filter(user_id=user_id)
    if cursor:
        held = held.filter(id__lt=_cursor(cursor))
    rows = [notice_row(notice) for notice in held.order_by("-id")[: limit + 1]]
    return NoticePage(tuple(rows[:limit]), str(rows[limit - 1].id) if len(rows) > limit else "")


def notice_of(*, user_id: UUID, notice_id: UUID) -> NoticeRow:
    """Raises NotFound, also for somebody else's."""
    found = Notice.objects.filter(user_id=user_id, pk=notice_id).first()
    if found is None:
        raise NotFound("notice.unknown", _("There is no such notice any more."))
    return notice_row(found)


def unread_count(*, user_id: UUID) -> int:
    """How many notices the person has not read, at most `MOST_COUNTED`."""
    return Notice.objects.filter(user_id=user_id, read_at=None)[:MOST_COUNTED].count()


def mail_choices(*, user_id: UUID) -> dict[str, bool]:
    """Of every kind whether it goes out as mail to the person."""
    chosen = dict(NoticeChoice.objects.filter(user_id=user_id).values_list("code", "by_mail"))
    return {code: chosen.get(code, kind.by_mail) for code, kind in KINDS.items()}


def refusal_token(*, user_id: UUID, code: str) -> str:
    """What the link of a letter carries that ends letters of this kind: signed, and good for nothing else."""
    return signing.dumps([str(user_id), code], salt=_SALT)


def refusal_of(token: str) -> tuple[UUID, str]:
    """Whose letters of which kind. Raises NotFound for a token we did not make."""
    try:
        user_id, code = signing.loads(token, salt=_SALT)
    except signing.BadSignature as e:
        raise NotFound("notice.refusal", _("This link is broken. You can end letters on your page of notices, too.")) from e
    return UUID(user_id), code


def notice_row(notice: Notice) -> NoticeRow:
    return NoticeRow(notice.pk, notice.code, unpacked(notice.about), notice.url, notice.at, is_read=notice.read_at is not None)


def _cursor(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as e:
        raise BadRequest("notice.cursor", _("This link does not belong to this list. Start again from its first page.")) from e
