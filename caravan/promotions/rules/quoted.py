"""What a cart costs, as the engine answers it. What a cart has by the dozen are tuples: made in a third of the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from caravan.kernel.money import Money, Rate
from caravan.promotions.rules.facts import LineFacts
from caravan.promotions.rules.offers import Deal, Payer, Stage


class Step(NamedTuple):
    """One step of the explanation of a price on a card.

    `code` names it for the page to word: "list" (the store's price), "campaign", "limited", "store_wide" (a deal, by its `name`),
    "rate" (converted).
    """

    code: str
    amount: Money
    rate: Rate | None = None
    name: str = ""


class Pieces(NamedTuple):
    """So many pieces of a line at one `unit` price, by `deal` where it is not the list price."""

    quantity: int
    unit: Money
    deal: Deal | None = None


class LineCut(NamedTuple):
    """What one cut takes off one line."""

    stage: Stage
    offer_id: UUID
    name: str
    payer: Payer
    amount: Money
    coupon_id: UUID | None = None


class QuotedLine(NamedTuple):
    """`goods` are all `pieces` at their prices on the card, `total` what is paid for them after all `cuts`. `rate` is that of the
    store's currency to the buyer's."""

    facts: LineFacts
    rate: Rate
    pieces: tuple[Pieces, ...]
    goods: Money
    cuts: tuple[LineCut, ...]
    total: Money

    @property
    def unit(self) -> Money:
        """The price on the card: that of the first of the pieces."""
        return self.pieces[0].unit

    @property
    def list_unit(self) -> Money:
        """One piece at the list price."""
        return self.rate.convert(self.facts.list_price)

    @property
    def trace(self) -> tuple[Step, ...]:
        """How the price on the card came about."""
        deal, steps = self.pieces[0].deal, [Step("list", self.facts.list_price)]
        if deal and (price := deal.price(self.facts)):
            steps.append(Step(deal.kind.code, price, name=deal.name))
        if self.rate.base != self.rate.quote:
            steps.append(Step("rate", self.unit, self.rate))
        return tuple(steps)

    def paid_by(self, payer: Payer) -> Money:
        """What `payer` bears of the cuts of this line."""
        return sum((cut.amount for cut in self.cuts if cut.payer is payer), start=Money.zero(self.total.currency))


class Cut(NamedTuple):
    """One cut over all the lines it is shared by."""

    stage: Stage
    offer_id: UUID
    name: str
    payer: Payer
    amount: Money
    coupon_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Nearly:
    """A threshold nearly reached: `missing` more (money or `pieces`) and `saves` comes off. `store_id` None: the platform's."""

    offer_id: UUID
    name: str
    store_id: UUID | None
    saves: Money
    missing: Money | None = None
    pieces: int = 0


class StoreQuote(NamedTuple):
    """`goods` at the prices on the cards, less the store's `cuts`, less its share of the platform's: what `items` come to."""

    store_id: UUID
    lines: tuple[QuotedLine, ...]
    goods: Money
    cuts: tuple[Cut, ...]
    items: Money


@dataclass(frozen=True, slots=True)
class Quote:
    """Stores in order of id, each with its lines in order of variant: independent of how the cart was filled.

    `cuts` are the platform's, over all stores. `bounded`: so many offers compete that not every combination was tried.
    """

    at: datetime
    currency: str
    stores: tuple[StoreQuote, ...]
    goods: Money
    cuts: tuple[Cut, ...]
    items: Money
    nearly: tuple[Nearly, ...] = ()
    bounded: bool = False

    @property
    def saved(self) -> Money:
        """Off the prices on the cards, by all cuts."""
        return self.goods - self.items
