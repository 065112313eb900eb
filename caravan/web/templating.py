"""The Jinja2 environment of our pages: addresses, static files, translations, and formats of the visitor's locale."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates, units
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from caravan.kernel import clock
from caravan.kernel.money import Money
from caravan.web import market, wording
from caravan.web.addresses import page_url
from caravan.web.compiling import Pages
from caravan.web.exchange import rate_words, rates_of
from caravan.web.formats import compact_text, decimal_text, number_text, percent_text, price_text
from caravan.web.fragments import each, kept
from caravan.web.options import options_text
from caravan.web.shell import Shell
from caravan.web.thumbnails import thumb


def environment(**options: Any) -> Environment:
    env = Pages(
        **{
            **options,
            "undefined": StrictUndefined,
            "autoescape": _is_html,
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    env.globals.update(gettext=wording.gettext, _=wording.gettext, kept=kept, each=each)
    env.globals.update(url=url, static=cache(static), thumb=thumb, site_name=settings.SITE_NAME, mode=settings.MODE)
    env.filters.update(
        money=money,
        number=number,
        decimal=decimal,
        percent=percent,
        compact=compact,
        kilobytes=kilobytes,
        date=day,
        datetime=moment,
        ago=ago,
        rate=rate_words,
        rates_of=rates_of,
        options=options_text,
    )
    return env


def _is_html(name: str | None) -> bool:
    """Letters and files in plain text are not HTML, and must not be escaped as if they were."""
    return name is None or not name.endswith(".txt")


def page_context(request: HttpRequest) -> dict[str, Any]:
    return {
        "market": getattr(request, "market", market.current.get()),
        "user": getattr(request, "user", None),  # the error page comes even before anybody found out who asks
        "messages": get_messages(request),
        "shell": Shell(request),
    }


def url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs) if kwargs else page_url(name)


def money(value: Money) -> str:
    return price_text(value.minor, value.currency, _locale())


def number(value: int) -> str:
    return number_text(value, _locale())


def decimal(value: float, digits: int = 1) -> str:
    return decimal_text(round(value, digits), digits, _locale())


def percent(value: float, digits: int = 0) -> str:
    return percent_text(round(value, digits + 2), digits, _locale())


def compact(value: int) -> str:
    """12345 as "12K" or «12 тыс.»."""
    return compact_text(value, _locale())


def kilograms(grams: int) -> str:
    """1200 as "1.2 kg" or «1,2 кг»."""
    return _unit(grams / 1000, "mass-kilogram", _locale())


def kilobytes(size: int) -> str:
    """Bytes as whole kilobytes, at least one: "12 kB" or «12 кБ»."""
    return _unit(max(size // 1000, 1), "digital-kilobyte", _locale())


@lru_cache(maxsize=16_384)
def _unit(value: float, unit: str, locale: str) -> str:
    return units.format_unit(value, unit, length="short", locale=locale)


def day(value: date | datetime) -> str:
    return _day(value.astimezone(_zone()).date() if isinstance(value, datetime) else value, _locale())


def moment(value: datetime) -> str:
    return _moment(value, market.current.get().country.zone, _locale())


@lru_cache(maxsize=16_384)
def _moment(value: datetime, zone: str, locale: str) -> str:
    local = value.astimezone(ZoneInfo(zone))
    together = str(dates.get_datetime_format("medium", locale=locale))
    return together.format(dates.format_time(local, "short", locale=locale), dates.format_date(local, "medium", locale=locale))


@lru_cache(maxsize=16_384)
def _day(value: date, locale: str) -> str:
    return dates.format_date(value, "medium", locale=locale)


def ago(value: datetime) -> str:
    return dates.format_timedelta(value - clock.now(), add_direction=True, locale=_locale())


def _locale() -> str:
    return market.current.get().locale


def _zone() -> ZoneInfo:
    return ZoneInfo(market.current.get().country.zone)
