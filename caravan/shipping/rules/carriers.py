"""Posts and couriers, by the names sellers write, with the page where each shows a parcel."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Carrier:
    """`country` is where it is at home (ISO). `source` is the site its tracking address is from, `as_of` when."""

    code: str
    name: str
    country: str
    tracking_url: str
    as_of: date
    source: str

    def link(self, tracking_code: str) -> str:
        """Where the carrier shows that parcel; the code is quoted, whatever it contains."""
        return self.tracking_url.replace("{code}", quote(tracking_code, safe=""))


@cache
def carriers() -> tuple[Carrier, ...]:
    """All we know, by name."""
    return tuple(sorted({c.code: c for c in _named().values()}.values(), key=lambda c: c.name.casefold()))


def carrier(name: str) -> Carrier | None:
    """The carrier of that name, other name or code, however it is capitalised and spaced; None for one we do not know."""
    return _named().get(_key(name))


@cache
def _named() -> Mapping[str, Carrier]:
    found: dict[str, Carrier] = {}
    for row in csv.DictReader(files("caravan.shipping").joinpath("data", "carriers.csv").read_text("utf-8").splitlines()):
        made = Carrier(
            row["code"], row["name"], row["country"], row["tracking_url"], date.fromisoformat(row["as_of"]), row["source"]
        )
        for name in (made.code, made.name, *filter(None, row["aliases"].split("|"))):
            found[_key(name)] = made
    return MappingProxyType(found)


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
