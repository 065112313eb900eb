"""What each piece costs before anything is taken off the order: the one deal that wins it, else the list price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from caravan.kernel.money import Money
from caravan.promotions.rules.facts import BuyerFacts, LineFacts
from caravan.promotions.rules.offers import NO_OFFERS, Deal, DealKind, StoreOffers
from caravan.promotions.rules.terms import Terms


class Priced(NamedTuple):
    """So many pieces at one price: `listed` in the store's currency, won by `deal`; `unit` in the buyer's minor units."""

    quantity: int
    listed: Money
    deal: Deal | None
    unit: int


@dataclass(frozen=True, slots=True)
class _Bid:
    """A deal for a line. Sorted: the kind decides, then what is saved; what is still alike, by ids, to be the same each time."""

    place: int
    deal: Deal
    price: Money
    saving: int

    @property
    def rank(self) -> tuple[DealKind, int, int, int]:
        return (self.deal.kind, -self.saving, self.deal.id.int, self.place)


def priced_lines(
    lines: Sequence[LineFacts], offers: StoreOffers, terms: Terms, market: str, currency: str, buyer: BuyerFacts, at: datetime
) -> list[tuple[Priced, ...]]:
    """Each line's pieces, dearest deals first served: where a deal has fewer pieces left than are wanted, the lines that save
    most by it get them, and the rest of their pieces the next best price."""
    if offers is NO_OFFERS:
        return [(_at_list(line, line.quantity, terms, currency),) for line in lines]
    bids = [bid for place, line in enumerate(lines) for bid in _bids(place, line, offers, market, buyer, at)]
    if not bids:
        return [(_at_list(line, line.quantity, terms, currency),) for line in lines]
    bids.sort(key=lambda bid: bid.rank)
    wanted, left = [line.quantity for line in lines], _limits(bids, buyer)
    won: list[list[Priced]] = [[] for _ in lines]
    for bid in bids:
        pieces = wanted[bid.place]
        if bid.deal.id in left:
            pieces = min(pieces, left[bid.deal.id])
            left[bid.deal.id] -= pieces
        if pieces:
            wanted[bid.place] -= pieces
            won[bid.place].append(Priced(pieces, bid.price, bid.deal, terms.minor(bid.price, currency)))
    for place, rest in enumerate(wanted):
        if rest:
            won[place].append(_at_list(lines[place], rest, terms, currency))
    return [tuple(parts) for parts in won]


def best_deal(line: LineFacts, offers: StoreOffers, market: str, buyer: BuyerFacts, at: datetime) -> tuple[Money, Deal | None]:
    """What one piece of `line` costs in the store's currency, and by which deal: what cards say."""
    best: _Bid | None = None
    for bid in _bids(0, line, offers, market, buyer, at):
        if limit(bid.deal, buyer) != 0 and (best is None or bid.rank < best.rank):
            best = bid
    return (best.price, best.deal) if best else (line.list_price, None)


def _at_list(line: LineFacts, quantity: int, terms: Terms, currency: str) -> Priced:
    return Priced(quantity, line.list_price, None, terms.minor(line.list_price, currency))


def _bids(place: int, line: LineFacts, offers: StoreOffers, market: str, buyer: BuyerFacts, at: datetime) -> Iterator[_Bid]:
    for deal in (*offers.deals.get(line.product_id, ()), *offers.wide):
        price = deal.price(line)
        if price is not None and deal.when.met(market, buyer, line.store_id, at):
            yield _Bid(place, deal, price, line.list_price.minor - price.minor)


def _limits(bids: Sequence[_Bid], buyer: BuyerFacts) -> dict[object, int]:
    limits = {bid.deal.id: limit(bid.deal, buyer) for bid in bids}
    return {id: pieces for id, pieces in limits.items() if pieces is not None}


def limit(deal: Deal, buyer: BuyerFacts) -> int | None:
    """How many pieces this buyer may still have at the deal; None: as many as wanted."""
    limits = [] if deal.left is None else [deal.left]
    if deal.per_buyer is not None:
        limits.append(deal.per_buyer - buyer.used.get(deal.id, 0))
    return max(0, min(limits)) if limits else None
