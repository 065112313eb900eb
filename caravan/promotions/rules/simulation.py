"""What a promotion would have done to the orders of the last thirty days, had it been on: by the pricing function itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.added import Added
from caravan.promotions.rules.facts import CartFacts
from caravan.promotions.rules.quote import quote
from caravan.promotions.rules.quoted import Quote, QuotedLine
from caravan.promotions.rules.terms import Terms

DAYS = 30
MOST_CARTS = 2_000
WINDOW = timedelta(days=DAYS)


@dataclass(frozen=True, slots=True)
class PastCart:
    """An order that was, as a cart at the list prices of today in its owner's currency."""

    buyer_id: UUID
    at: datetime
    cart: CartFacts


@dataclass(frozen=True, slots=True)
class Simulated:
    """Of so many `orders` it would have been used by `touched` (none: `floor` is None), for `pieces` of the goods.

    They came to `before`, without it, and would have come to `before - cost`. `floor`: the least share of its list price, in
    whole percent, that any line of them would have brought. `is_capped`: the budget would not have been enough. `is_part`: only
    the newest orders were looked at, since there were too many.
    """

    orders: int
    touched: int
    pieces: int
    before: Money
    cost: Money
    floor: int | None
    is_capped: bool = False
    is_part: bool = False

    @property
    def after(self) -> Money:
        return self.before - self.cost

    def of_a_part(self) -> Simulated:
        """The same, where there were more orders than were looked at."""
        return replace(self, is_part=True)


def simulate(
    carts: Iterable[PastCart], terms: Terms, added: Added, *, currency: str, at: datetime, budget: Money | None = None
) -> Simulated:
    """Price each of `carts`, the oldest first, by `terms` and with the promotion `added` to them, as of an instant at which it
    is on. Pieces, coupons and the `budget` are used up on the way."""
    ordered = sorted(carts, key=lambda past: (past.at, past.buyer_id))
    state = _State(added, terms, budget)
    before, floor = Money.zero(currency), None
    touched = pieces = 0
    for past in ordered:
        plain = quote(past.cart, terms, at)
        before += plain.items
        new = state.price(past, at)
        if new is None or not _lines(new, added.promotion_id) or not state.spend(past, new, plain.items - new.items):
            continue
        touched += 1
        for line, n in _lines(new, added.promotion_id):
            pieces += n
            share = 100 * line.total.minor // (line.list_unit.minor * line.facts.quantity)
            floor = share if floor is None else min(floor, share)
    spent = Money(state.spent, currency)
    return Simulated(len(ordered), touched, pieces, before, spent, floor, is_capped=state.is_capped)


class _State:
    """What is left of the promotion as the orders go by. `terms` have it among them, less what was sold of it."""

    def __init__(self, added: Added, others: Terms, budget: Money | None) -> None:
        self.added, self.others, self.terms = added, others, added.to(others)
        self.budget = budget.minor if budget is not None else None
        self.spent = self.given = 0
        self.is_capped = False
        self.used: defaultdict[UUID, Counter[UUID]] = defaultdict(Counter)  # by buyer: pieces of deals, coupons

    def price(self, past: PastCart, at: datetime) -> Quote | None:
        added, used = self.added, self.used[past.buyer_id]
        if added.coupon is not None and (self.given == added.total or used[added.promotion_id] >= added.per_buyer):
            return None
        cart = replace(past.cart, buyer=replace(past.cart.buyer, used={**past.cart.buyer.used, **used})) if used else past.cart
        return quote(cart, self.terms, at)

    def spend(self, past: PastCart, new: Quote, cost: Money) -> bool:
        """Whether the budget is enough for it; then it is used."""
        if self.budget is not None and self.spent + cost.minor > self.budget:
            self.is_capped = True
            return False
        self.spent += cost.minor
        used = self.used[past.buyer_id]
        if self.added.coupon is not None:
            self.given += 1
            used[self.added.promotion_id] += 1
        if sold := _deals(new, self.added.promotion_id):
            used.update(sold)
            self.added = self.added.less(sold)
            self.terms = self.added.to(self.others)
        return True


def _lines(new: Quote, promotion_id: UUID) -> list[tuple[QuotedLine, int]]:
    """The lines it made cheaper, with how many pieces of each."""
    found = []
    for line in (line for shop in new.stores for line in shop.lines):
        at_deal = sum(part.quantity for part in line.pieces if part.deal and part.deal.promotion_id == promotion_id)
        if any(cut.offer_id == promotion_id for cut in line.cuts):
            found.append((line, line.facts.quantity))
        elif at_deal:
            found.append((line, at_deal))
    return found


def _deals(new: Quote, promotion_id: UUID) -> Counter[UUID]:
    """Pieces by the promotion's deals."""
    found: Counter[UUID] = Counter()
    for line, _ in _lines(new, promotion_id):
        for part in line.pieces:
            if part.deal is not None and part.deal.promotion_id == promotion_id:
                found[part.deal.id] += part.quantity
    return found
