"""What somebody typed about a promotion, kept as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.http import QueryDict

LISTS = ("markets", "categories", "goods", "gifts")
MOST_CHOSEN = 500


@dataclass(frozen=True, slots=True)
class Typed:
    """`values` by the name of the field, `lists` of what is chosen several times: markets, categories, products by id."""

    values: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def posted(cls, posted: QueryDict) -> Typed:
        """Products ticked among those found are chosen, those ticked to be taken out are not any more."""
        lists = {name: tuple(posted.getlist(name)) for name in LISTS}
        for name in ("goods", "gifts"):
            gone = set(posted.getlist(f"{name}-remove"))
            kept = (*(id for id in lists[name] if id not in gone), *posted.getlist(f"{name}-add"))
            lists[name] = tuple(dict.fromkeys(kept))[:MOST_CHOSEN]
        return cls({name: str(value).strip() for name, value in posted.items()}, lists)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def has(self, name: str) -> bool:
        """Whether a box was ticked."""
        return name in self.values

    def many(self, name: str) -> tuple[str, ...]:
        return self.lists.get(name, ())

    def chosen(self, name: str) -> tuple[UUID, ...]:
        """The products chosen under `name`, goods or gifts, each once."""
        return tuple(dict.fromkeys(id for text in self.many(name) if (id := uuid_of(text))))


def uuid_of(text: str) -> UUID | None:
    """None of what is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None
