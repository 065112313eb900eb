"""What Caravan asks of whoever takes the money. A provider is an edge: it knows payments by our id, and nothing of orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from caravan.kernel.money import Money

State = Literal["confirming", "pending", "paid", "declined", "refunded"]


@dataclass(frozen=True, slots=True)
class Card:
    """What the buyer typed. It lives for one call to the provider, prints as nothing, and is stored nowhere."""

    number: str = field(repr=False)
    expiry: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """How a payment stands with its provider. "confirming": the buyer has to confirm at `url`; "pending": a webhook will tell.

    `ref` is the provider's own name for it, `reason` a decline's code ("insufficient_funds", ...).
    """

    state: State
    ref: str
    url: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A verified webhook: `event_id` recognises a repetition, `payment_id` is ours."""

    event_id: str
    payment_id: UUID
    result: Result


class Provider(Protocol):
    """Every call may be repeated: `payment_id` makes a second `start` or `refund` the same one."""

    name: str

    def start(self, *, payment_id: UUID, amount: Money, card: Card, return_url: str, at: datetime) -> Result:
        """Take `amount`. Raises `Invalid` with `fields` for a card that cannot be one."""
        ...

    def lookup(self, *, payment_id: UUID) -> Result | None:
        """How it stands now; None when the provider never heard of it."""
        ...

    def refund(self, *, payment_id: UUID) -> Result:
        """Give all of it back."""
        ...

    def verify(self, *, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        """The notice a webhook carries. Raises `Forbidden` for a wrong or old signature, `BadRequest` for an unreadable body."""
        ...
