"""Accounts, legs and postings: what a movement of money is, and when it is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from caravan.kernel.money import Money


class AccountKind(StrEnum):
    """An account is a kind, an owner where the kind has one, and a currency."""

    PROVIDER_CLEARING = "provider_clearing"  # what buyers paid in, less what went back to them
    ESCROW = "escrow"  # of an order: waits until the buyer has the goods
    STORE_EARNED = "store_earned"  # completed, and may still be disputed
    STORE_AVAILABLE = "store_available"  # the store's to be paid out
    STORE_RESERVE = "store_reserve"  # kept back for some time against refunds
    PAYOUT_TRANSIT = "payout_transit"  # on the way to the store's bank
    STORE_PAID_OUT = "store_paid_out"  # arrived there
    COMMISSION = "commission"
    MARKETING = "marketing"
    AFFILIATES = "affiliates"
    AD_CREDIT = "ad_credit"  # of a store
    TAX = "tax"  # collected for states
    FX_POSITION = "fx_position"  # what was taken in one currency and is owed in another
    FX_DIFFERENCE = "fx_difference"
    COMPENSATION = "compensation"


OWNED = frozenset(
    {
        AccountKind.ESCROW,
        AccountKind.STORE_EARNED,
        AccountKind.STORE_AVAILABLE,
        AccountKind.STORE_RESERVE,
        AccountKind.PAYOUT_TRANSIT,
        AccountKind.STORE_PAID_OUT,
        AccountKind.AD_CREDIT,
    }
)
# A store's balance: what it will be paid once it may be. Money on the way to its bank has left it.
OWED_TO_STORE = (AccountKind.STORE_EARNED, AccountKind.STORE_AVAILABLE, AccountKind.STORE_RESERVE)
# The market can never be owed by these: they hold other people's money or say that it has arrived. A store's earned and
# available money may fall below nothing, by a refund after it was paid out.
NEVER_DEBIT = frozenset(
    {AccountKind.ESCROW, AccountKind.STORE_RESERVE, AccountKind.PAYOUT_TRANSIT, AccountKind.STORE_PAID_OUT, AccountKind.TAX}
)
NEVER_CREDIT = frozenset({AccountKind.PROVIDER_CLEARING})


class Unbalanced(ValueError):
    """The legs of a posting do not add up to nothing in each currency: a defect in our code, never a person's fault."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One account's part in a posting: `amount` is a debit where positive, a credit where negative."""

    kind: AccountKind
    owner_id: UUID | None
    amount: Money

    def __post_init__(self) -> None:
        if (self.owner_id is not None) != (self.kind in OWNED):
            raise ValueError(f"{self.kind} {'needs an' if self.kind in OWNED else 'has no'} owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A movement of money, made once: `cause` (the id of what happened) and `kind` (what of it this is) name it.

    `at` is when it happened. Raises Unbalanced unless the legs add up to nothing in each currency.
    """

    cause: UUID
    kind: str
    legs: tuple[Leg, ...]
    at: datetime
    order_id: UUID | None = None
    memo: str = ""

    def __post_init__(self) -> None:
        if left := imbalance(self.legs):
            raise Unbalanced(f"{self.kind} of {self.cause} is out by {', '.join(map(str, left))}")


def imbalance(legs: Sequence[Leg]) -> list[Money]:
    """What the legs miss of balance, a sum per currency that is not nothing."""
    sums: Counter[str] = Counter()
    for leg in legs:
        sums[leg.amount.currency] += leg.amount.minor
    return [Money(minor, currency) for currency, minor in sorted(sums.items()) if minor]
