"""The category tree and its attributes, kept in the process for a minute: every page needs them, they seldom change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.catalog.models import Attribute, AttributeName, Category, CategoryName
from caravan.catalog.rules import AttributeSpec
from caravan.catalog.rules.feed import category_key
from caravan.kernel.errors import NotFound

T = TypeVar("T")
SECONDS = 60.0
_kept: dict[tuple[object, ...], tuple[float, object]] = {}


def forget() -> None:
    """Look at the tables again at the next call: after a change to the tree in this process."""
    _kept.clear()


def _a_minute(build: Callable[..., T]) -> Callable[..., T]:
    @wraps(build)
    def cached(*key: str) -> T:
        found = _kept.get((build, *key))
        if found is None or time.monotonic() - found[0] > SECONDS:
            found = _kept[(build, *key)] = (time.monotonic(), build(*key))
        return found[1]  # type: ignore[return-value]

    return cached


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category named in one language; `children` are paths, in order."""

    id: UUID
    path: str
    name: str
    depth: int
    parent: str
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """An attribute named in one language; `choices` are empty unless its kind is "choice"."""

    code: str
    name: str
    kind: str
    unit: str
    required: bool
    is_option: bool
    choices: tuple[ChoiceRow, ...]

    @property
    def spec(self) -> AttributeSpec:
        return AttributeSpec(self.code, self.kind, tuple(c.value for c in self.choices), self.required, self.is_option)  # type: ignore[arg-type]

    def label(self, value: str) -> str:
        """What a value of it is called."""
        name = next((c.name for c in self.choices if c.value == value), value)
        return f"{name} {self.unit}" if self.unit else name


@_a_minute
def tree(language: str) -> Mapping[str, CategoryRow]:
    """Every category by path, parents before children, named in `language`, else English, else by its slug."""
    spoken = CategoryName.objects.filter(language__in=("en", language))
    names = _names(spoken.values_list("category_id", "language", "name"), language)
    rows = sorted(Category.objects.values_list("id", "path", "position"), key=lambda row: (row[1].count("/"), row[2], row[1]))
    children: dict[str, list[str]] = {}
    for _id, path, _position in rows:
        children.setdefault(path.rpartition("/")[0], []).append(path)
    return {
        path: CategoryRow(
            id=category_id,
            path=path,
            name=names.get(category_id) or path.rpartition("/")[2].replace("-", " ").capitalize(),
            depth=path.count("/"),
            parent=path.rpartition("/")[0],
            children=tuple(children.get(path, ())),
        )
        for category_id, path, _position in rows
    }


def _names(rows: object, language: str) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for category_id, spoken, name in rows:  # type: ignore[attr-defined]
        if spoken == language or category_id not in found:
            found[category_id] = name
    return found


@_a_minute
def roots(language: str) -> Sequence[CategoryRow]:
    """The departments."""
    return [row for row in tree(language).values() if not row.depth]


def category(path: str, language: str) -> CategoryRow:
    """Raises NotFound."""
    try:
        return tree(language)[path]
    except KeyError as e:
        raise NotFound("category.unknown", _("There is no such category. Start from the home page, or search.")) from e


def ancestors(path: str, language: str) -> list[CategoryRow]:
    """The categories from the root down to `path`, itself included; those that no longer exist are left out."""
    parts = path.split("/")
    paths = ("/".join(parts[: i + 1]) for i in range(len(parts)))
    return [row for p in paths if (row := tree(language).get(p))]


@_a_minute
def category_lookup() -> Mapping[str, str]:
    """Paths by every spelling a product file may use, as `rules.feed.category_key` writes it: slugs, names in any language."""
    found: dict[str, str] = {}
    languages = CategoryName.objects.values_list("language", flat=True).distinct()
    for language in languages:
        rows = tree(language)
        for path in rows:
            found.setdefault(category_key(" > ".join(row.name for row in ancestors(path, language))), path)
    # Slugs last: a path always finds itself, whatever another category is called.
    return found | {category_key(path.replace("/", " > ")): path for path in tree("en")}


def spelled(path: str) -> str:
    """How a product file names the category: in English where that leads back to it, else by its slugs."""
    words = " > ".join(row.name for row in ancestors(path, "en"))
    return words if category_lookup().get(category_key(words)) == path else path.replace("/", " > ")


@_a_minute
def _attributes(language: str) -> Mapping[str, tuple[AttributeRow, ...]]:
    names: dict[tuple[UUID, str], str] = {}
    spoken = AttributeName.objects.filter(language__in=("en", language))
    for attribute_id, value, tongue, name in spoken.values_list("attribute_id", "value", "language", "name"):
        if tongue == language or (attribute_id, value) not in names:
            names[attribute_id, value] = name
    by_path: dict[str, list[AttributeRow]] = {}
    for a in Attribute.objects.select_related("category").order_by("position", "code"):
        by_path.setdefault(a.category.path if a.category else "", []).append(
            AttributeRow(
                code=a.code,
                name=names.get((a.pk, "")) or plain_name(a.code),
                kind=a.kind,
                unit=a.unit,
                required=a.required,
                is_option=a.is_option,
                choices=tuple(ChoiceRow(v, names.get((a.pk, v)) or plain_name(v)) for v in a.choices),
            )
        )
    return {path: tuple(rows) for path, rows in by_path.items()}


def attributes(path: str, language: str) -> dict[str, AttributeRow]:
    """The attributes goods of a category have, by code: its own, its ancestors', and those of all goods. Nearer ones win."""
    own = _attributes(language)
    parts = path.split("/")
    found: dict[str, AttributeRow] = {}
    for step in ("", *("/".join(parts[: i + 1]) for i in range(len(parts)))):
        found |= {row.code: row for row in own.get(step, ())}
    return found


def options_text(path: str, options: Iterable[tuple[str, str]], language: str) -> str:
    """What tells an article from others of its product, in words: its options as the category calls them."""
    known = attributes(path, language) if options else {}
    return " · ".join(known[code].label(value) if code in known else value for code, value in options)


def specs(path: str) -> dict[str, AttributeSpec]:
    return {code: row.spec for code, row in attributes(path, "en").items()}


@_a_minute
def _hs_codes() -> Mapping[str, str]:
    return dict(Category.objects.exclude(hs_code="").values_list("path", "hs_code"))


def usual_hs_code(path: str) -> str:
    """The Harmonized System code goods of a category usually have: its own, else the nearest ancestor's, else empty."""
    known = _hs_codes()
    while path and path not in known:
        path = path.rpartition("/")[0]
    return known.get(path, "")


def plain_name(code: str) -> str:
    """A code as words, where nobody named it: "age_group" as "Age group"."""
    return code.replace("_", " ").replace("-", " ").capitalize()
