"""What a shopper makes of a page: its links and its forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass(slots=True)
class Form:
    """A form with what it would send as it stands; `choices` are the values a field of it can take, where they are given."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """`url` is where the browser ended up; links and actions are whole addresses."""

    url: str
    status: int
    links: tuple[str, ...]
    forms: tuple[Form, ...]

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def links_with(self, part: str) -> list[str]:
        """The links whose path holds `part`, each once."""
        return list(dict.fromkeys(link for link in self.links if part in urlsplit(link).path))

    def form_to(self, ending: str) -> Form | None:
        """The first form whose address ends so."""
        return next((form for form in self.forms if urlsplit(form.action).path.endswith(ending)), None)

    def form_with(self, name: str) -> Form | None:
        """The first form that has a field of that name."""
        return next((form for form in self.forms if name in form.fields), None)


def read(url: str, status: int, html: str) -> Page:
    reader = _Reader(url)
    reader.feed(html)
    return Page(url, status, tuple(reader.links), tuple(reader.forms))


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.url, given["href"]))
        elif tag == "form":
            self._form = Form(urljoin(self.url, given.get("action") or self.url), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and given.get("type") in ("radio", "checkbox") and name:
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" in given:
                form.fields[name] = value or "on"
        elif tag in ("input", "textarea") and name and given.get("type") not in ("submit", "file"):
            form.fields[name] = value
        elif tag == "select" and name:
            self._select = name
            form.fields.setdefault(name, "")
        elif tag == "option" and self._select:
            form.choices.setdefault(self._select, []).append(value)
            if "selected" in given or not form.fields[self._select]:
                form.fields[self._select] = value
