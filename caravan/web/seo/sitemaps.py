"""Sitemaps (sitemaps.org 0.9) of each announced market, every address with its alternates, written while they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.catalog.queries import tree
from caravan.catalog.rules.pictures import file_path, widths
from caravan.kernel.errors import NotFound
from caravan.kernel.markets import Market
from caravan.search.queries import crawl_from, crawl_starts
from caravan.stores.queries import open_stores
from caravan.web.alternates import PREFIXES, alternates
from caravan.web.market import entered, from_path

# The protocol allows 50,000 addresses and 50 MB a file. With some twenty alternates an address takes 2.5 KB: 15,000 keep both.
SIZE = 15_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_URLS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)
_NO_ID = UUID(int=0)
_NO_SLUG = "slug-of-it"


@require_safe
def index(request: HttpRequest) -> StreamingHttpResponse:
    """All sitemaps. A file of products is named by the id it begins with."""
    starts = crawl_starts(SIZE)
    names = [f"{prefix}/{name}" for prefix in PREFIXES for name in ("pages.xml", *(f"products-{start}.xml" for start in starts))]
    return _answer(
        _INDEX, (f"<sitemap><loc>{settings.SITE_URL}/sitemaps/{n}</loc></sitemap>\n" for n in names), "</sitemapindex>\n"
    )


@require_safe
def pages(request: HttpRequest, prefix: str) -> StreamingHttpResponse:
    """Home, rankings, deals, coupons, categories and stores."""
    with entered(_market(prefix)):
        fixed = [
            reverse("home"),
            reverse("rankings"),
            reverse("deals"),
            reverse("coupons"),
            *(reverse("category", kwargs={"path": path}) for path in tree("en")),
        ]
        store = reverse("store", kwargs={"slug": _NO_SLUG})
    return _answer(_URLS, (_entry(path) for path in _page_paths(fixed, store)), "</urlset>\n")


@require_safe
def products(request: HttpRequest, prefix: str, start: UUID) -> StreamingHttpResponse:
    """Up to SIZE products from that id on."""
    with entered(_market(prefix)):
        pattern = _entry(reverse("product", kwargs={"slug": _NO_SLUG, "id": _NO_ID}), last="{last}", picture="{picture}")
    return _answer(_URLS, _product_entries(pattern, start), "</urlset>\n")


def _market(prefix: str) -> Market:
    market = from_path(f"/{prefix}/")
    if market is None or prefix not in PREFIXES:
        raise NotFound("sitemap.unknown", _("There is no such sitemap."))
    return market


def _page_paths(fixed: Iterable[str], store: str) -> Iterator[str]:
    yield from fixed
    after: UUID | None = None
    while rows := open_stores(after=after, limit=500):
        yield from (store.replace(_NO_SLUG, row.slug) for row in rows)
        after = rows[-1].id


def _product_entries(pattern: str, start: UUID) -> Iterator[str]:
    """Written once with marks in it, then filled in: a file holds some three hundred thousand addresses."""
    for row in crawl_from(start, SIZE):
        picture = ""
        if row.digest:
            address = _absolute(default_storage.url(file_path(row.digest, widths(row.width)[-1])))
            picture = f"<image:image><image:loc>{escape(address)}</image:loc></image:image>"
        filled = pattern.replace(_NO_SLUG, row.slug).replace(str(_NO_ID), str(row.id))
        yield filled.replace("{last}", f"<lastmod>{row.updated_at:%Y-%m-%d}</lastmod>").replace("{picture}", picture)


def _entry(path: str, last: str = "", picture: str = "") -> str:
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{one.code}" href="{escape(one.url)}"/>' for one in alternates(path))
    return f"<url><loc>{escape(_absolute(path))}</loc>{last}{links}{picture}</url>\n"


def _absolute(address: str) -> str:
    return address if "://" in address else f"{settings.SITE_URL}{address}"


def _answer(head: str, lines: Iterable[str], foot: str) -> StreamingHttpResponse:
    def written() -> Iterator[str]:
        yield _HEAD + head
        yield from lines
        yield foot

    response = StreamingHttpResponse(written(), content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response
