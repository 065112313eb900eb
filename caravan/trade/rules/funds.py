"""What is posted for an order, as legs of the ledger: paid in, given back, released, taken back. docs/trade.md has it in prose.

Every split is a function of what is left, and a posting is the difference of two of them: whatever sequence of refunds there is,
nothing is lost to rounding, and an order given back whole leaves every account where it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from caravan.kernel.money import Money
from caravan.ledger.rules import AccountKind, Leg
from caravan.trade.rules.exchange import WHOLE, settle


@dataclass(frozen=True, slots=True)
class FundTerms:
    """What was frozen at the order. `rate`: units of `currency`, the buyer's, for one of `store_currency`, margin included."""

    order_id: UUID
    store_id: UUID
    currency: str
    store_currency: str
    rate: Decimal
    margin_bps: int
    commission_bps: int


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of an order, in minor units of the buyer's currency: all of it, and the tax in it."""

    total_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Earning:
    """What becomes of the money left: `settled` is what the goods and shipping come to in the store's currency, `borne` what the
    market adds for its own cuts and for shipping it gave away."""

    settled: Money
    borne: Money
    commission: Money
    earned: Money


class SubsidisedLine(NamedTuple):
    """A line of which the market bears `subsidy_minor`, and what of it went back. Amounts in the buyer's currency."""

    subsidy_minor: int
    total_minor: int
    refunded_minor: int
    quantity: int
    refunded_quantity: int

    @property
    def left(self) -> int:
        """By money, where the buyer paid any; a line the market paid all of, by its pieces. Rounded down."""
        if self.total_minor:
            return self.subsidy_minor * (self.total_minor - self.refunded_minor) // self.total_minor
        return self.subsidy_minor * (self.quantity - self.refunded_quantity) // self.quantity


class _Account(NamedTuple):
    kind: AccountKind
    owner_id: UUID | None
    currency: str


def earning(terms: FundTerms, left: Left, *, cuts: int = 0, shipping: int = 0) -> Earning:
    """The store's part and the market's: commission is a share of what is settled, half up; the store has the rest. `cuts` and
    `shipping`: what the market bears of either, in minor units of the store's currency; of the first, too, it has commission."""
    net = Money(left.total_minor - left.tax_minor, terms.currency)
    settled = settle(net, store_currency=terms.store_currency, rate=terms.rate, margin_bps=terms.margin_bps).store
    commission = Money(_commission(terms, settled.minor) + _commission(terms, cuts), settled.currency)
    borne = Money(cuts + shipping, settled.currency)
    return Earning(settled, borne, commission, settled + borne - commission)


def paid(terms: FundTerms, total_minor: int) -> tuple[Leg, ...]:
    """The buyer's money came: it waits in the order's escrow."""
    total = Money(total_minor, terms.currency)
    return Leg(AccountKind.PROVIDER_CLEARING, None, total), Leg(AccountKind.ESCROW, terms.order_id, -total)


def given_back(terms: FundTerms, minor: int) -> tuple[Leg, ...]:
    """Out of escrow to the buyer, before the order completed."""
    amount = Money(minor, terms.currency)
    return Leg(AccountKind.ESCROW, terms.order_id, amount), Leg(AccountKind.PROVIDER_CLEARING, None, -amount)


def subsidised(terms: FundTerms, minor: int) -> tuple[Leg, ...]:
    """The market pays the store, in its own currency, for shipping that was free for the buyer by the market's rule."""
    amount = Money(minor, terms.store_currency)
    return Leg(AccountKind.MARKETING, None, amount), Leg(AccountKind.STORE_EARNED, terms.store_id, -amount)


def bonus(terms: FundTerms, had_minor: int, due_minor: int, *, available: bool) -> tuple[Leg, ...]:
    """The market bears what its own coupons and discounts took off: the store had `had_minor` of it (in its own currency) and is
    due `due_minor`, less the commission on it, as if the buyer had paid. What is no longer due it gives back, of what is
    `available` already once it is."""
    amount = Money(due_minor - had_minor, terms.store_currency)
    commission = Money(_commission(terms, due_minor) - _commission(terms, had_minor), terms.store_currency)
    return (
        Leg(AccountKind.MARKETING, None, amount),
        Leg(AccountKind.COMMISSION, None, -commission),
        Leg(AccountKind.STORE_AVAILABLE if available else AccountKind.STORE_EARNED, terms.store_id, commission - amount),
    )


def subsidy_left(terms: FundTerms, lines: Iterable[SubsidisedLine]) -> Money:
    """What the market bears of what the buyer has kept, in the store's currency: of each line as much as was not given back."""
    minor = sum(line.left for line in lines)
    paid = Money(minor, terms.currency)
    return settle(paid, store_currency=terms.store_currency, rate=terms.rate, margin_bps=terms.margin_bps).store


def released(terms: FundTerms, left: Left) -> tuple[Leg, ...]:
    """What is left in escrow goes to tax, commission and the store, through the currency position where the two differ."""
    escrow = Leg(AccountKind.ESCROW, terms.order_id, Money(left.total_minor, terms.currency))
    return escrow, *_legs(_spread(terms, left, AccountKind.STORE_EARNED))


def taken_back(terms: FundTerms, before: Left, after: Left, *, available: bool) -> tuple[Leg, ...]:
    """To the buyer after completion: each account gives what it would not have got. `available`: the store's was settled."""
    store = AccountKind.STORE_AVAILABLE if available else AccountKind.STORE_EARNED
    had, has = _spread(terms, before, store), _spread(terms, after, store)
    back = Money(after.total_minor - before.total_minor, terms.currency)
    return *_legs({account: has[account] - minor for account, minor in had.items()}), Leg(
        AccountKind.PROVIDER_CLEARING, None, back
    )


def _commission(terms: FundTerms, minor: int) -> int:
    """The market's share, half up, of what a store is due in its own currency."""
    return (2 * minor * terms.commission_bps + WHOLE) // (2 * WHOLE)


def _spread(terms: FundTerms, left: Left, store: AccountKind) -> dict[_Account, int]:
    """Credits are negative. They come to `left` in the buyer's currency, and to nothing in the store's where it is another."""
    net = Money(left.total_minor - left.tax_minor, terms.currency)
    part, ours, theirs = earning(terms, left), terms.currency, terms.store_currency
    spread = {
        _Account(AccountKind.TAX, None, ours): -left.tax_minor,
        _Account(AccountKind.COMMISSION, None, theirs): -part.commission.minor,
        _Account(store, terms.store_id, theirs): -part.earned.minor,
    }
    if ours != theirs:
        exchanged = settle(net, store_currency=theirs, rate=terms.rate, margin_bps=terms.margin_bps)
        spread[_Account(AccountKind.FX_POSITION, None, ours)] = -exchanged.at_mid.minor
        spread[_Account(AccountKind.FX_DIFFERENCE, None, ours)] = -exchanged.margin.minor
        spread[_Account(AccountKind.FX_POSITION, None, theirs)] = part.settled.minor
    return spread


def _legs(spread: dict[_Account, int]) -> tuple[Leg, ...]:
    return tuple(Leg(a.kind, a.owner_id, Money(minor, a.currency)) for a, minor in spread.items() if minor)
