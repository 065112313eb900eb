"""What each piece costs before anything is taken off the order: the one deal that wins it, else the list price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from caravan.kernel.money import Money
from caravan.promotions.rules.facts import BuyerFacts, LineFacts
from caravan.promotions.rules.offers import NO_OFFERS, Deal, DealKind, StoreOffers
from caravan.promotions.rules.quoted import Pieces
from caravan.promotions.rules.till import Till


class _Bid(NamedTuple):
    """A deal for a line."""

    kind: DealKind
    loss: int  # less than nothing: what it saves
    number: int  # its id's
    place: int
    deal: Deal
    price: int


# The kind decides, then what is saved; what is still alike is in order of ids, to be the same each time.
_rank = itemgetter(0, 1, 2, 3)


def priced_lines(
    lines: Sequence[LineFacts], offers: StoreOffers, till: Till, market: str, buyer: BuyerFacts, at: datetime
) -> list[tuple[Pieces, ...]]:
    """Each line's pieces, dearest deals first served: where a deal has fewer pieces left than are wanted, the lines that save
    most by it get them, and the rest of their pieces the next best price."""
    money, rates = till.money, [till.rates[line.list_price.currency] for line in lines]
    bids = _bids(lines, offers, market, buyer, at) if offers is not NO_OFFERS else []
    if not bids:
        at_list = zip(lines, rates, strict=True)
        return [(Pieces(line.quantity, money[rate.minor(line.list_price.minor)]),) for line, rate in at_list]
    wanted, left = [line.quantity for line in lines], _limits(bids, buyer)
    won: list[list[Pieces]] = [[] for _ in lines]
    for _kind, _loss, number, place, deal, price in sorted(bids, key=_rank):
        pieces = wanted[place]
        if number in left:
            pieces = min(pieces, left[number])
            left[number] -= pieces
        if pieces:
            wanted[place] -= pieces
            won[place].append(Pieces(pieces, money[rates[place].minor(price)], deal))
    for place, rest in enumerate(wanted):
        if rest:
            won[place].append(Pieces(rest, money[rates[place].minor(lines[place].list_price.minor)]))
    return [tuple(parts) for parts in won]


def best_deal(line: LineFacts, offers: StoreOffers, market: str, buyer: BuyerFacts, at: datetime) -> tuple[Money, Deal | None]:
    """What one piece of `line` costs in the store's currency, and by which deal: what cards say."""
    bids = [bid for bid in _bids((line,), offers, market, buyer, at) if limit(bid.deal, buyer) != 0]
    if not bids:
        return line.list_price, None
    best = min(bids, key=_rank)
    return Money(best.price, line.list_price.currency), best.deal


def _bids(lines: Sequence[LineFacts], offers: StoreOffers, market: str, buyer: BuyerFacts, at: datetime) -> list[_Bid]:
    """What is bid for each of the lines, which are of one store."""
    found, store_id = list[_Bid](), lines[0].store_id
    wide = [deal for deal in offers.wide if deal.when.met(market, buyer, store_id, at)]
    for place, line in enumerate(lines):
        deals = [deal for deal in wide if deal.scope.covers(line)]
        if own := offers.deals.get(line.product_id):
            deals += [deal for deal in own if deal.when.met(market, buyer, store_id, at)]
        for deal in deals:
            price = deal.minor(line)
            if price is not None:
                found.append(_Bid(deal.kind, price - line.list_price.minor, deal.id.int, place, deal, price))
    return found


def _limits(bids: Iterable[_Bid], buyer: BuyerFacts) -> dict[int, int]:
    """How many pieces the buyer may have, by number of the deal, where not as many as wanted."""
    return {bid.number: limit(bid.deal, buyer) or 0 for bid in bids if bid.deal.is_limited}


def limit(deal: Deal, buyer: BuyerFacts) -> int | None:
    """How many pieces this buyer may still have at the deal; None: as many as wanted."""
    if not deal.is_limited:
        return None
    limits = [] if deal.left is None else [deal.left]
    if deal.per_buyer is not None:
        limits.append(deal.per_buyer - buyer.used.get(deal.id, 0))
    return max(0, min(limits))
