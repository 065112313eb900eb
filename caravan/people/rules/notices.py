"""What the market announces to people: the kinds there are, and what a notice is about as it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from caravan.kernel.money import Money

Part = str | int | Money | datetime
NOTHING: Mapping[str, Part] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Kind:
    """`parts` are what a notice of the kind must be about. `by_mail`: it goes out as mail, too, unless its reader says otherwise;
    True only for what people asked to be told."""

    code: str
    parts: frozenset[str]
    by_mail: bool


KINDS = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            Kind("price_drop", frozenset({"product", "was", "now"}), by_mail=True),
            Kind("back_in_stock", frozenset({"product"}), by_mail=True),
            Kind("coupon_ending", frozenset({"coupon", "store", "until"}), by_mail=True),  # `store` empty: the platform's
            Kind("coupon_given", frozenset({"coupon", "store", "until"}), by_mail=False),
            Kind("store_offer", frozenset({"store", "offer", "until"}), by_mail=False),
        )
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One thing to tell one person. `url` is a path below the market's prefix ("/p/lamp/..."): each reads it in their own.

    `cause` makes it the same one however often it is announced: of one person, kind and cause there is one notice.
    """

    user_id: UUID
    code: str
    cause: str
    about: Mapping[str, Part] = field(default_factory=lambda: NOTHING)
    url: str = ""

    def __post_init__(self) -> None:
        missing = KINDS[self.code].parts - self.about.keys()
        if missing:
            raise ValueError(f"a notice of the kind {self.code} is about {', '.join(sorted(missing))}, too")


def packed(about: Mapping[str, Part]) -> dict[str, object]:
    """As JSON takes it."""
    return {name: _packed(part) for name, part in about.items()}


def unpacked(stored: Mapping[str, object]) -> dict[str, Part]:
    """What `packed` was given."""
    return {name: _unpacked(part) for name, part in stored.items()}


def _packed(part: Part) -> object:
    if isinstance(part, Money):
        return {"minor": part.minor, "currency": part.currency}
    return {"at": part.isoformat()} if isinstance(part, datetime) else part


def _unpacked(part: object) -> Part:
    if isinstance(part, dict):
        return datetime.fromisoformat(part["at"]) if "at" in part else Money(part["minor"], part["currency"])
    assert isinstance(part, (str, int))
    return part
