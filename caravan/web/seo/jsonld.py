"""Structured data (schema.org, JSON-LD) for search engines, as `<script type="application/ld+json">` blocks.

A data block is no script: the content security policy has nothing to say about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.conf import settings
from markupsafe import Markup
from msgspec import json


def block(facts: Mapping[str, object]) -> Markup:
    """One thing and what is known of it, ready to stand in a page."""
    text = json.encode({"@context": "https://schema.org", **facts}).decode()
    # JSON inside HTML: neither a tag nor a comment may begin in it, whatever a title holds.
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{escaped}</script>')  # noqa: S704 - escaped


def breadcrumbs(crumbs: Iterable[tuple[str, str]]) -> Markup:
    """(name, path) from the home page to this one."""
    places = [
        {"@type": "ListItem", "position": n, "name": name, "item": absolute(path)}
        for n, (name, path) in enumerate(crumbs, start=1)
    ]
    return block({"@type": "BreadcrumbList", "itemListElement": places})


def item_list(paths: Iterable[str]) -> Markup:
    """The products of a list, best first."""
    return _item_list(settings.SITE_URL, tuple(paths))


@lru_cache(maxsize=1024)
def _item_list(site: str, paths: tuple[str, ...]) -> Markup:
    items = [{"@type": "ListItem", "position": n, "url": site + path} for n, path in enumerate(paths, start=1)]
    return block({"@type": "ItemList", "itemListElement": items})


def site(home: str, search: str) -> Markup:
    """The market itself and how to search it."""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{absolute(search)}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return block({"@type": "WebSite", "name": settings.SITE_NAME, "url": absolute(home), "potentialAction": action})


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
