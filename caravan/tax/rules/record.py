"""A calculation as plain JSON, kept on the order with what went into it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from caravan.tax.rules.facts import ConsignmentFacts
from caravan.tax.rules.outcome import Landed


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What was known, and what came of it."""

    facts: ConsignmentFacts
    landed: Landed


def to_json(reckoning: Reckoning) -> dict[str, Any]:
    """As JSON types only: amounts as minor units with their currency, days in ISO form."""
    plain: dict[str, Any] = msgspec.to_builtins(reckoning)
    return plain


def from_json(plain: Mapping[str, Any]) -> Reckoning | None:
    """What `to_json` wrote; None for an order that was placed before taxes were reckoned."""
    return msgspec.convert(plain, Reckoning) if plain else None
