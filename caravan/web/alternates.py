"""One page in the other languages and markets, for search engines (hreflang)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from markupsafe import Markup, escape

from caravan.kernel import markets
from caravan.kernel.markets import LANGUAGES
from caravan.web.market import PREFIX

# Every country can be chosen, but 247 x 4 addresses a page would be noise: announced are the markets the shop is run for,
# each in its own languages that we speak and in English, and each language alone in the country most of its readers are in.
MARKETS = ("US", "RU", "BR", "AR", "AU", "ES", "PL", "KZ")
_HOME = {"en": "US", "ru": "RU", "es": "ES", "pt": "BR"}


@dataclass(frozen=True, slots=True)
class Alternate:
    """`code` as HTML wants it: "pt-BR", "en", "x-default"."""

    code: str
    url: str


def _pairs() -> tuple[tuple[str, str], ...]:
    spoken = [(tag, code) for code in MARKETS for tag in LANGUAGES if tag == "en" or tag in markets.country(code).languages[:3]]
    return tuple(spoken)


PAIRS = _pairs()
PREFIXES = tuple(f"{tag}-{code.lower()}" for tag, code in PAIRS)


def alternates(path: str, site: str = "") -> list[Alternate]:
    """The page at `path` ("/pt-br/p/x-1", no query) in each announced language and market; empty for a path of no market.

    `site` is the origin, by default the setting SITE_URL.
    """
    if not PREFIX.match(path):
        return []
    origin, rest = site or settings.SITE_URL, PREFIX.sub("", path)
    one = [Alternate(f"{tag}-{code}", f"{origin}/{tag}-{code.lower()}{rest}") for tag, code in PAIRS]
    alone = [Alternate(tag, f"{origin}/{tag}-{code.lower()}{rest}") for tag, code in _HOME.items()]
    # Without a market the middleware guesses one and redirects, which is what x-default is for.
    return [*one, *alone, Alternate("x-default", f"{origin}{rest or '/'}")]


def alternate_links(path: str) -> Markup:
    """The same as a page's `<link>` elements, put together from what no page changes of them."""
    if not PREFIX.match(path):
        return Markup()
    rest, site = str(escape(PREFIX.sub("", path))), settings.SITE_URL
    return Markup(rest.join(_around(site)) + _link("x-default", site + (rest or "/")))  # noqa: S704 - escaped


def _link(code: str, url: str) -> str:
    return f'<link rel="alternate" hreflang="{code}" href="{url}">'


@lru_cache(maxsize=8)
def _around(site: str) -> tuple[str, ...]:
    """What stands before, between and behind the page's own part of its addresses."""
    mark = "/\x00"  # which no address holds
    links = "".join(_link(one.code, one.url) for one in alternates(f"/{PREFIXES[0]}{mark}", site)[:-1])
    return tuple(links.split(mark))


def canonical(path: str, site: str = "") -> str:
    """The address to index: the path without its query, on the origin the market is run under."""
    return f"{site or settings.SITE_URL}{path}"
