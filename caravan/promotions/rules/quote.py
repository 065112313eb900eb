"""What a cart costs, and why: the one pricing function behind cards, product page, cart, checkout and order.

    store price --(rate, rounded half up per unit)--> unit price in the buyer's currency --x quantity--> line --> store --> cart

Rounding happens once, per unit, so a line is always quantity times the price that was shown. `docs/pricing.md` has the prose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from caravan.kernel.money import Money, Rate
from caravan.kernel.rates import RateTable


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is wanted: `quantity` of a variant at its list price in the store's currency."""

    variant_id: UUID
    product_id: UUID
    store_id: UUID
    quantity: int
    list_price: Money


@dataclass(frozen=True, slots=True)
class CartFacts:
    """The lines, the `market` (ISO country) they go to, and the `currency` the buyer pays in."""

    market: str
    currency: str
    lines: tuple[LineFacts, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the market and its stores offer at the moment: the day's exchange rates."""

    rates: RateTable


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the explanation. `code` names it for the page to word: "list" (store's price), "rate" (converted)."""

    code: str
    amount: Money
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class QuotedLine:
    facts: LineFacts
    unit: Money
    total: Money
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class StoreQuote:
    store_id: UUID
    lines: tuple[QuotedLine, ...]
    items: Money


@dataclass(frozen=True, slots=True)
class Quote:
    """Stores in order of id, each with its lines in order of variant: independent of how the cart was filled."""

    at: datetime
    currency: str
    stores: tuple[StoreQuote, ...]
    items: Money


def quote(cart: CartFacts, terms: Terms, at: datetime) -> Quote:
    """Price `cart` under `terms` at the instant `at`. Pure; raises `Invalid` for a currency without a rate."""
    ordered = sorted(cart.lines, key=lambda line: (line.store_id, line.variant_id))
    stores = tuple(
        _store(store_id, [_line(facts, cart.currency, terms) for facts in lines], cart.currency)
        for store_id, lines in groupby(ordered, key=lambda line: line.store_id)
    )
    return Quote(at, cart.currency, stores, _sum((s.items for s in stores), cart.currency))


def unit_price(list_price: Money, currency: str, terms: Terms) -> Money:
    """One piece of something listed at `list_price`, in the buyer's `currency`."""
    return terms.rates.convert(list_price, currency)


def _store(store_id: UUID, lines: list[QuotedLine], currency: str) -> StoreQuote:
    return StoreQuote(store_id, tuple(lines), _sum((line.total for line in lines), currency))


def _line(facts: LineFacts, currency: str, terms: Terms) -> QuotedLine:
    unit = unit_price(facts.list_price, currency, terms)
    return QuotedLine(facts, unit, unit * facts.quantity, _trace(facts, unit, terms))


def _trace(facts: LineFacts, unit: Money, terms: Terms) -> tuple[Step, ...]:
    listed = Step("list", facts.list_price)
    if facts.list_price.currency == unit.currency:
        return (listed,)
    rate = terms.rates.rate(facts.list_price.currency, unit.currency)
    return (listed, Step("rate", unit, rate))


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, start=Money.zero(currency))
