"""Notices as plain letters: one a person and kind, however many wait, so that a hundred drops are not a hundred letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel import markets
from caravan.kernel.markets import Market
from caravan.people.actions.mail import send_mail, writing_in
from caravan.people.models import Notice, User
from caravan.people.queries.notice_words import words_of
from caravan.people.queries.notices import mail_choices, notice_row, refusal_token

LETTERS_A_RUN = 200  # the run comes every minute: mail goes out at a pace its receivers bear
A_LETTER = 20
AGAIN = timedelta(minutes=20)  # after a mail server that would not take it
GIVEN_UP = timedelta(days=2)


def mail_waiting(*, at: datetime, limit: int = LETTERS_A_RUN) -> int:
    """Send what waits, each letter in a transaction of its own. Returns how many went out."""
    sent = 0
    for _one in range(limit):
        with transaction.atomic():
            waiting = _next(at)
            if not waiting:
                break
            sent += _settle(waiting, at)
    return sent


def _next(at: datetime) -> list[Notice]:
    """What waits for one person, of one kind. Whoever else sends at this moment takes the next."""
    due = Notice.objects.select_for_update(skip_locked=True, no_key=True).filter(mail_at__lte=at)
    first = due.order_by("mail_at").first()
    return list(due.filter(user=first.user_id, code=first.code).order_by("-id")) if first else []


def _settle(waiting: Sequence[Notice], at: datetime) -> bool:
    told = [notice for notice in waiting if notice.read_at is None]  # what was read on the site needs no letter
    reader = _reader(waiting[0])
    held = Notice.objects.filter(pk__in=[notice.pk for notice in waiting])
    if not told or reader is None:
        held.update(mail_at=None)
        return False
    try:
        _send(reader, told)
    except (OSError, SMTPException):
        held.filter(at__lt=at - GIVEN_UP).update(mail_at=None)
        held.filter(at__gte=at - GIVEN_UP).update(mail_at=at + AGAIN)
        return False
    held.filter(pk__in=[notice.pk for notice in told]).update(mailed_at=at)
    held.update(mail_at=None)
    return True


def _reader(notice: Notice) -> User | None:
    """Whose address was proven, and who takes mail of this kind."""
    if not mail_choices(user_id=notice.user_id)[notice.code]:
        return None
    return User.objects.filter(pk=notice.user_id, is_active=True, emailaddress__verified=True).distinct().first()


def _send(reader: User, told: Sequence[Notice]) -> None:
    code = told[0].code
    market = markets.market(reader.country or "US", reader.language or None, reader.currency or None)
    refusal = _address(market, f"/notices/refusal/{refusal_token(user_id=reader.pk, code=code)}")
    with writing_in(market.language):
        parts = [_part(notice, market) for notice in told[:A_LETTER]]
        subject = words_of(code, notice_row(told[0]).about, market).title
        if len(told) > A_LETTER:
            parts.append(_("And more: %(url)s") % {"url": _address(market, "/account/notices")})
        parts += [settings.SITE_NAME, _("No more letters of this kind: %(url)s") % {"url": refusal}]
    send_mail(
        to=reader.email,
        subject=subject,
        text="\n\n".join(parts) + "\n",
        # RFC 8058: mail programs offer a button that ends these letters with one POST.
        headers={"List-Unsubscribe": f"<{refusal}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _part(notice: Notice, market: Market) -> str:
    row = notice_row(notice)
    words = words_of(row.code, row.about, market)
    return "\n".join(filter(None, (words.title, words.text, _address(market, row.url) if row.url else "")))


def _address(market: Market, path: str) -> str:
    return f"{settings.SITE_URL}/{market.prefix}{path}"
