from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation

from caravan.kernel.markets import LANGUAGES


def send_mail(*, to: str, subject: str, text: str, headers: Mapping[str, str] | None = None) -> None:
    """One plain-text letter from the market, through Django's mail backend. Raises what the backend raises; callers retry."""
    written = {"Auto-Submitted": "auto-generated", **(headers or {})}
    EmailMessage(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [to], headers=written).send()


@contextmanager
def writing_in(language: str) -> Iterator[None]:
    """Inside the block gettext speaks the reader's `language` (a tag of LANGUAGES, else English)."""
    with translation.override(settings.DJANGO_LANGUAGE[language if language in LANGUAGES else "en"]):
        yield
