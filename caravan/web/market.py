"""Which market a request is for. The address says it (`/pt-br/...`); where it does not yet, we guess and redirect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from caravan.kernel import markets
from caravan.kernel.clock import now
from caravan.kernel.markets import LANGUAGES, Market
from caravan.trade.queries.rates import current_rates

PREFIX = re.compile(r"^/([a-z]{2})-([a-z]{2})(?=/|$)")
COOKIE = "market"  # "pt-br:BRL": the address prefix last chosen, and the currency

current: ContextVar[Market] = ContextVar("current_market", default=markets.market("US"))  # noqa: B039 - a Market is frozen


@contextmanager
def entered(chosen: Market, *, in_address: bool = True) -> Iterator[None]:
    """Inside the block pages are for `chosen`: gettext speaks its language and, with `in_address`, `reverse()` writes its prefix.

    The prefix is Django's script prefix, as if each market were a mount point of the site: the one part of an address
    that is not cached per language, of which a market has too many.
    """
    mark, mounted_at = current.set(chosen), get_script_prefix()
    try:
        set_script_prefix(f"/{chosen.prefix}/" if in_address else "/")
        with translation.override(settings.DJANGO_LANGUAGE[chosen.language]):
            yield
    finally:
        set_script_prefix(mounted_at)
        current.reset(mark)


def below_prefix(path: str) -> str:
    """The path without its market: "/pt-br/cart" is "/cart". Unchanged where what follows belongs to no market."""
    bare = PREFIX.sub("", path) or "/"
    return path if bare.split("/")[1] in settings.PATHS_WITHOUT_MARKET else bare


def from_path(path: str, chosen_currency: str = "") -> Market | None:
    """The market a path names, or None. `chosen_currency` replaces the country's own where it is a currency code."""
    found = PREFIX.match(path)
    if not found or found[1] not in LANGUAGES or found[2].upper() not in markets.countries():
        return None
    return markets.market(found[2].upper(), found[1], chosen_currency or None)


def guess(request: HttpRequest) -> Market:
    """The account's choice, else the cookie's, else what the browser asks for, else the United States in English."""
    user = request.user
    if user.is_authenticated and user.country:
        return markets.market(user.country, user.language or None, user.currency or None)
    prefix, _, currency = request.COOKIES.get(COOKIE, "").partition(":")
    return from_path(f"/{prefix}", valid_currency(currency)) or _accepted(request) or markets.market("US")


def valid_currency(code: str) -> str:
    """`code` if it is a currency there is a rate for, so that prices can be shown in it, else an empty string."""
    return code if code == "EUR" or (code and code in current_rates(now()).per_eur) else ""


def _accepted(request: HttpRequest) -> Market | None:
    edge_country = request.headers.get(settings.COUNTRY_HEADER, "") if settings.COUNTRY_HEADER else ""
    wanted = re.findall(r"([a-zA-Z]{2})(?:-([a-zA-Z]{2}))?", request.headers.get("accept-language", ""))
    language = next((tag.lower() for tag, _ in wanted if tag.lower() in LANGUAGES), None)
    for code in (
        edge_country,
        *(region.upper() for _, region in wanted if region),
        *(_HOME.get(tag.lower(), "") for tag, _ in wanted),
    ):
        if code in markets.countries():
            return markets.market(code, language)
    return None


# Where a language without a region most often comes from.
_HOME = {
    "en": "US",
    "ru": "RU",
    "es": "ES",
    "pt": "BR",
    "pl": "PL",
    "kk": "KZ",
    "de": "DE",
    "fr": "FR",
    "it": "IT",
    "zh": "CN",
}
