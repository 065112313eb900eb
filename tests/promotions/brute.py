"""The least a cart may cost, found the long way: every piece into every set, every coupon on and off. For small carts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from caravan.kernel.money import Money
from caravan.promotions.rules import Bundle, BuyGet, CartFacts, Coupon, Quote, SpendSave, StoreOffers, Terms
from caravan.promotions.rules.allocation import allocate

Piece = tuple[int, int]  # line, price on the card
Saved = dict[int, int]


def least(cart: CartFacts, terms: Terms, quoted: Quote) -> int:
    """What is to be paid at least, of goods at the prices on the cards that `quoted` says."""
    return min(_payments(cart, terms, quoted))


def _payments(cart: CartFacts, terms: Terms, quoted: Quote) -> Iterator[int]:
    def minor(money: Money) -> int:
        return terms.rates.convert(money, cart.currency).minor

    lines = [line for store in quoted.stores for line in store.lines]
    everywhere = range(len(lines))
    amounts = [line.goods.minor for line in lines]

    def goods(scope) -> list[int]:
        return [n for n in everywhere if scope.covers(lines[n].facts)]

    def off(benefit, places: list[int]) -> int:
        whole = sum(amounts[n] for n in places)
        cut = minor(benefit.amount) if benefit.amount else (whole * benefit.percent * 2 + 100) // 200
        return min(cut, whole, minor(benefit.cap) if benefit.cap else whole)

    def tiers(offers: Sequence[SpendSave], own: Sequence[int]) -> list[tuple[list[int], int] | None]:
        found: list[tuple[list[int], int] | None] = [None]
        for offer in offers:
            places = [n for n in goods(offer.scope) if n in own]
            for tier in offer.tiers:
                enough = not tier.min_amount or sum(amounts[n] for n in places) >= minor(tier.min_amount)
                if places and enough and sum(lines[n].facts.quantity for n in places) >= tier.min_items:
                    found.append((places, off(tier.benefit, places)))
        return found

    def usable(coupons: Sequence[Coupon], own: Sequence[int]) -> Iterator[list[tuple[list[int], int]]]:
        """Sets of coupons in the order they are taken in, of which at most one cannot be stacked."""
        fit = []
        for coupon in coupons:
            places = [n for n in goods(coupon.scope) if n in own]
            if places and (not coupon.min_spend or sum(amounts[n] for n in places) >= minor(coupon.min_spend)):
                fit.append((not coupon.stackable, -off(coupon.benefit, places), coupon.id.int, places, coupon))
        fit.sort(key=lambda row: row[:3])
        for size in range(len(fit) + 1):
            for some in combinations(fit, size):
                if sum(not coupon.stackable for *_, coupon in some) <= 1:
                    yield [(places, off(coupon.benefit, places)) for *_, places, coupon in some]

    def take(left: list[int], cuts: Sequence[tuple[list[int], int]]) -> None:
        for places, cut in cuts:
            weights = [left[n] for n in places]
            for n, share in zip(places, allocate(min(cut, sum(weights)), weights), strict=True):
                left[n] -= share

    by_store = []
    for store in quoted.stores:
        own = [n for n in everywhere if lines[n].facts.store_id == store.store_id]
        offers = terms.stores.get(store.store_id, StoreOffers())
        ways = []
        pieces = [(n, part.unit.minor) for n in own for part in lines[n].pieces for _ in range(part.quantity)]
        for saved in _sets(offers, lines, pieces, minor):
            for tier in tiers(offers.spend_saves, own):
                for chosen in usable([c for c in terms.coupons if c.store_id == store.store_id], own):
                    left = [amounts[n] - saved.get(n, 0) if n in own else 0 for n in everywhere]
                    take(left, [*([tier] if tier else []), *chosen])
                    ways.append(tuple(left))
        by_store.append(sorted(set(ways)))
    for some in product(*by_store):
        for chosen in usable([c for c in terms.coupons if c.store_id is None], everywhere):
            for tier in tiers(terms.platform, everywhere):
                left = [sum(column) for column in zip(*some, strict=True)]
                take(left, [*chosen, *([tier] if tier else [])])
                yield sum(left)


def _sets(offers: StoreOffers, lines, pieces: list[Piece], minor) -> list[Saved]:
    found = set()

    def go(left: tuple[int, ...], times: tuple[int, ...], saved: tuple[tuple[int, int], ...]) -> None:
        state = (left, times, saved)
        if state in seen:
            return
        seen.add(state)
        found.add(saved)
        for number, offer in enumerate(every):
            if offer.times is not None and times[number] >= offer.times:
                continue
            counted = tuple(n + (at == number) for at, n in enumerate(times))
            for used, gains in _rounds(offer, lines, pieces, left, minor):
                together = dict(saved)
                for line, gain in gains:
                    together[line] = together.get(line, 0) + gain
                go(tuple(p for p in left if p not in used), counted, tuple(sorted(together.items())))

    every = (*offers.bundles, *offers.buy_gets)
    seen: set[object] = set()
    go(tuple(range(len(pieces))), (0,) * len(every), ())
    return [dict(saved) for saved in found]


def _rounds(
    offer: Bundle | BuyGet, lines, pieces: list[Piece], left: tuple[int, ...], minor
) -> Iterator[tuple[set[int], list[Piece]]]:
    if isinstance(offer, Bundle):
        choices = [
            list(combinations([p for p in left if lines[pieces[p][0]].facts.product_id == item.product_id], item.quantity))
            for item in offer.items
        ]
        for some in product(*choices):
            used = [p for part in some for p in part]
            by_stack: dict[Piece, int] = {}
            for p in used:
                by_stack[pieces[p]] = by_stack.get(pieces[p], 0) + 1
            stacks = list(by_stack.items())
            costs = [unit * n for (_, unit), n in stacks]
            shares = allocate(max(0, sum(costs) - minor(offer.price)), costs)
            yield set(used), [(line, share) for ((line, _), _), share in zip(stacks, shares, strict=True)]
        return
    bought = [p for p in left if offer.scope.covers(lines[pieces[p][0]].facts)]

    def gain(p: int) -> Piece:
        return pieces[p][0], (2 * pieces[p][1] * offer.percent + 100) // 200

    if offer.gifts is None:
        for size in range(offer.buy + 1, offer.buy + offer.get + 1):
            for some in combinations(bought, size):
                cheapest = sorted(some, key=lambda p: (pieces[p][1], -pieces[p][0]))[: size - offer.buy]
                yield set(some), [gain(p) for p in cheapest]
        return
    got = [p for p in left if offer.gifts.covers(lines[pieces[p][0]].facts)]
    for some in combinations([p for p in bought if p not in got], offer.buy):
        for size in range(1, offer.get + 1):
            for gifts in combinations(got, size):
                yield {*some, *gifts}, [gain(p) for p in gifts]
