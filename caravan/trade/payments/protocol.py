"""What Caravan asks of whoever takes and sends the money.

A provider is an edge: it knows payments, refunds and payouts by our ids, and nothing of orders.

A checkout authorises and captures at once: `authorise` takes the money, so a good card answers "paid" (captured) and the
purchase is paid. Only a provider that insists on two steps answers "authorised"; then `capture` follows immediately, and the
purchase is paid when that says "paid". Money that is merely authorised is never counted as ours.

Every call may be repeated: the id makes the second one the same one, and it answers how that one stands now. A provider that
cannot be reached raises `Unreachable`; whether the call had an effect is then unknown, so the caller repeats it later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from caravan.kernel.errors import Problem
from caravan.kernel.money import Money

State = Literal["confirming", "pending", "authorised", "paid", "declined"]
RefundState = Literal["pending", "done", "failed"]
PayoutState = Literal["pending", "paid", "failed"]


class Unreachable(Problem):
    """The provider did not answer, or not sensibly. Nothing is known; the same call may be made again."""

    status = 503
    title = "The payment provider does not answer"


@dataclass(frozen=True, slots=True)
class Card:
    """What the buyer typed. It lives for one call to the provider, prints as nothing, and is stored nowhere."""

    number: str = field(repr=False)
    expiry: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """How a payment stands with its provider. "confirming": the buyer has to go on at `url`; "pending": a webhook will tell.

    `ref` is the provider's own name for it, `reason` a decline's code ("insufficient_funds", ...).
    """

    state: State
    ref: str
    url: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefundResult:
    """How a refund stands. "pending": accepted, a webhook will tell; "failed": the money is still here, `reason` says why.

    A refund may fail after it was "done" (the bank returned it); never the other way round.
    """

    state: RefundState
    ref: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PayoutResult:
    """How a payout stands. "pending": on its way, a webhook will tell; "failed": it came back, `reason` says why.

    A payout may fail after it was "paid" (the bank returned it); never the other way round.
    """

    state: PayoutState
    ref: str
    reason: str = ""


News = Result | RefundResult | PayoutResult


@dataclass(frozen=True, slots=True)
class Notice:
    """A verified webhook: `event_id` recognises a repetition, `subject_id` is our payment's, refund's or payout's id.

    Which of them, the type of `news` says. None: something that does not concern us, to be kept and otherwise ignored.
    """

    event_id: str
    subject_id: UUID | None
    news: News | None


class Provider(Protocol):
    """`hosted_at`: the origin of the provider's own page, where the buyer types the card; empty: the card comes here."""

    name: str
    hosted_at: str

    def authorise(self, *, payment_id: UUID, amount: Money, card: Card | None, return_url: str, at: datetime) -> Result:
        """Take `amount`, at once where possible. Raises `Invalid` with `fields` for a card that cannot be one."""
        ...

    def capture(self, *, payment_id: UUID) -> Result:
        """Take what was authorised. Raises NotFound for a payment the provider never heard of."""
        ...

    def lookup(self, *, payment_id: UUID) -> Result | None:
        """How it stands now; None when the provider never heard of it."""
        ...

    def refund(self, *, payment_id: UUID, refund_id: UUID, amount: Money) -> RefundResult:
        """Give `amount` of a payment back, in its currency; money only authorised is let go. Refunds of one payment add up.

        More than is left of it answers "failed" with the reason "too_much", and nothing moves.
        """
        ...

    def payout(self, *, payout_id: UUID, destination: str, amount: Money) -> PayoutResult:
        """Send `amount` to a store's account, `destination` being its name with the provider."""
        ...

    def verify(self, *, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        """The notice a webhook carries. Raises `Forbidden` for a wrong or old signature, `BadRequest` for an unreadable body."""
        ...
