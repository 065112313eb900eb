"""What sellers write, as plain text: one line for titles, paragraphs for descriptions. Markup is dropped, never stored."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff]")
_BLOCKS = {
    "p",
    "div",
    "br",
    "ul",
    "ol",
    "li",
    "tr",
    "table",
    "section",
    "article",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_UNSEEN = {"script", "style", "template", "noscript", "head"}


def one_line(text: str) -> str:
    """`text` with control characters gone and every run of white space a single space."""
    if text.isprintable() and "  " not in text:  # nearly always, and twenty times as fast
        return text.strip()
    return " ".join(_CONTROL.sub("", text).split())


@lru_cache(256)  # rows of one product repeat its description
def paragraphs(text: str) -> str:
    """`text` without markup: paragraphs parted by an empty line, list items by a line break and a bullet."""
    if re.search(r"<[a-zA-Z/!]|&#?\w+;", text):
        reader = _Reader()
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts)
    lines = [one_line(line) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "li":
            self.parts.append("\n• ")
        elif tag in _BLOCKS:
            self.parts.append("\n" if tag in ("br", "tr") else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS - {"li", "br", "tr"}:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data.replace("\n", " "))
