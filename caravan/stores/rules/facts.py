"""What a store says about itself, and when that can be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from caravan.kernel import markets
from caravan.kernel.errors import Invalid

F = TypeVar("F", bound="StoreFacts")

LONGEST_NAME = 80
LONGEST_DESCRIPTION = 4_000
MOST_HANDLING_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFacts:
    """What the owner may change at any time. `ships_to` are ISO codes, empty for everywhere; `handling_days` working days."""

    name: str
    description: str = ""
    language: str = "en"
    zone: str = "UTC"
    ships_to: tuple[str, ...] = ()
    handling_days: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFacts(StoreFacts):
    """And what stays: where the store trades from, and the currency of its prices and books."""

    country: str
    currency: str


def check(facts: StoreFacts) -> StoreFacts:
    """The facts, tidied. Raises Invalid("store.invalid") whose `fields` map a field to "required", "invalid" or "too_long"."""
    tidy = _tidy(facts)
    _refuse(_wrong(tidy))
    return tidy


def check_opening(facts: OpeningFacts, currencies: Collection[str]) -> OpeningFacts:
    """The same for a new store; `currencies` are those there is an exchange rate for."""
    tidy = _tidy(facts)
    wrong = _wrong(tidy)
    if tidy.country not in markets.countries():
        wrong["country"] = "invalid"
    if tidy.currency not in currencies:
        wrong["currency"] = "invalid"
    _refuse(wrong)
    return tidy


def _tidy(facts: F) -> F:
    return replace(
        facts,
        name=" ".join(facts.name.split()),
        description=facts.description.strip().replace("\r\n", "\n"),
        ships_to=tuple(sorted(set(facts.ships_to))),
    )


def _wrong(facts: StoreFacts) -> dict[str, str]:
    zones = {zone for place in markets.countries().values() for zone in place.zones}
    rules = {
        "name": "required" if not facts.name else "too_long" if len(facts.name) > LONGEST_NAME else "",
        "description": "too_long" if len(facts.description) > LONGEST_DESCRIPTION else "",
        "language": "" if facts.language in markets.LANGUAGES else "invalid",
        "zone": "" if facts.zone in zones or facts.zone == "UTC" else "invalid",
        "ships_to": "" if markets.countries().keys() >= set(facts.ships_to) else "invalid",
        "handling_days": "" if 0 <= facts.handling_days <= MOST_HANDLING_DAYS else "invalid",
    }
    return {name: code for name, code in rules.items() if code}


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid("store.invalid", "Some of the store's particulars need another look.", **wrong)
