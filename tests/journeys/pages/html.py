"""What is wrong with a page's HTML, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

NAMED_BY_ITSELF = {"hidden", "submit", "button", "image", "reset"}


def complaints(html: str) -> list[str]:
    """Of the parser first, then of what every page of ours has, and has not."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    errors = [f"line {place[0]}: {code} {about}" for place, code, about in parser.errors]
    return [*errors, *_document(tree), *_ids(tree), *_fields(tree), *_inline(tree)]


def public_complaints(html: str) -> Iterator[str]:
    """What a page for search engines lacks."""
    links = list(html5lib.parse(html, namespaceHTMLElements=False).iter("link"))
    if (count := sum(link.get("rel") == "canonical" for link in links)) != 1:
        yield f"{count} canonical addresses"
    told = {link.get("hreflang") for link in links if link.get("rel") == "alternate"}
    yield from (f"no hreflang {tag}" for tag in ("x-default", "en", "ru", "es", "pt", "pt-BR") if tag not in told)


def _document(tree: Element) -> Iterator[str]:
    titles = [title.text for title in tree.iter("title") if title.text and title.text.strip()]
    if not titles:
        yield "no title"
    if not tree.get("lang"):
        yield "no language"
    if (count := len(list(tree.iter("h1")))) != 1:
        yield f"{count} h1"
    if not [one for one in tree.iter("main") if one.get("id") == "main"]:
        yield "no main that the skip link leads to"


def _ids(tree: Element) -> Iterator[str]:
    times = Counter(id for one in tree.iter() if (id := one.get("id")))
    yield from (f"id {id} stands {count} times" for id, count in times.items() if count > 1)
    for one in tree.iter():
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            yield from (f"{name}={id} leads nowhere" for id in (one.get(name) or "").split() if id not in times)


def _fields(tree: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in tree.iter("label")}
    wrapped = {field for label in tree.iter("label") for field in label.iter()}
    for kind in ("input", "select", "textarea"):
        for field in tree.iter(kind):
            if field.get("type") in NAMED_BY_ITSELF or field in wrapped or field.get("id") in labelled:
                continue
            if not (field.get("aria-label") or field.get("aria-labelledby")):
                yield f"{kind} {field.get('name')} has no label"


def _inline(tree: Element) -> Iterator[str]:
    for one in tree.iter():
        if one.tag == "style" or one.get("style") is not None:
            yield f"inline style on {one.tag}"
        if one.tag == "script" and not one.get("src") and one.get("type") not in ("application/ld+json", "application/json"):
            yield "inline script"
        yield from (f"{name} on {one.tag}" for name in one.attrib if name.startswith("on"))
