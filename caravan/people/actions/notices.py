"""The one place where the market tells people something that is not about an order of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.people.models import Notice, NoticeChoice
from caravan.people.queries.notices import refusal_of
from caravan.people.rules.notices import KINDS, NOTHING, Announcement, Part, packed

_AT_ONCE = 1_000


def announce(*, user_id: UUID, code: str, cause: str, about: Mapping[str, Part] = NOTHING, url: str = "", at: datetime) -> None:
    """Tell one person: on their page of notices at once, by mail within minutes where they take mail of this kind.

    Announcing the same cause again changes nothing. Raises ValueError for an unknown kind or one that is not about enough.
    """
    announce_all(told=[Announcement(user_id=user_id, code=code, cause=cause, about=about, url=url)], at=at)


def announce_all(*, told: Iterable[Announcement], at: datetime) -> None:
    """The same for many, a thousand a statement."""
    rows = [
        Notice(user_id=one.user_id, code=one.code, cause=one.cause, about=packed(one.about), url=one.url, at=at, mail_at=at)
        for one in told
    ]
    Notice.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)


def read_notice(*, user_id: UUID, notice_id: UUID, at: datetime) -> None:
    """Somebody else's is left alone."""
    Notice.objects.filter(user_id=user_id, pk=notice_id, read_at=None).update(read_at=at)


def read_all(*, user_id: UUID, at: datetime) -> None:
    """All that the person was told until now."""
    Notice.objects.filter(user_id=user_id, read_at=None).update(read_at=at)


def choose_mail(*, user_id: UUID, choices: Mapping[str, bool], at: datetime) -> None:
    """Which kinds go out as mail from now on. Raises Invalid for a kind there is not."""
    if choices.keys() - KINDS.keys():
        raise Invalid("notice.kind", _("There are no notices of this kind."))
    NoticeChoice.objects.bulk_create(
        [NoticeChoice(user_id=user_id, code=code, by_mail=by_mail, at=at) for code, by_mail in choices.items()],
        update_conflicts=True,
        unique_fields=["user", "code"],
        update_fields=["by_mail", "at"],
    )


def refuse_mail(*, token: str, at: datetime) -> str:
    """End letters of one kind by the link that came with one. Returns the kind. Raises NotFound for a token we did not make."""
    user_id, code = refusal_of(token)
    choose_mail(user_id=user_id, choices={code: False}, at=at)
    return code


def forget(*, before: datetime) -> int:
    """Drop what was told before. Returns how many."""
    return Notice.objects.filter(at__lt=before).delete()[0]
