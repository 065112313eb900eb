"""Which of the cuts are taken: those that leave least to pay.

No cut depends on another, so the most of each stage is best, and nothing has to be searched, as long as what is left of the
goods suffices for all of them. Only where it does not (goods that are free already, a coupon larger than what is left) does it
matter which comes from where; then every lawful combination is tried, up to `MOST_COMBINATIONS`, and beyond them the quote says
that it is `bounded`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from caravan.promotions.rules.allocation import allocate
from caravan.promotions.rules.cuts import Option, Taken
from caravan.promotions.rules.sets import Sets

MOST_COMBINATIONS = 5_000


@dataclass(frozen=True, slots=True)
class StoreChoices:
    """What one store's order may have: `sets` that save most (`every_sets` for all ways), one of `tiers`, its `coupons`."""

    places: tuple[int, ...]
    sets: Sets
    every_sets: Callable[[], list[Sets]]
    tiers: tuple[Option, ...]
    coupons: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PlatformChoices:
    coupons: tuple[Option, ...]
    tiers: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take cuts from a store's order: what is `left` of its lines, in order of its places."""

    sets: Sets
    taken: tuple[Taken, ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """By store, in their order; then what the platform takes off all of them."""

    stores: tuple[Way, ...]
    platform: tuple[Taken, ...]
    bounded: bool


def choose(stores: Sequence[StoreChoices], platform: PlatformChoices, amounts: Sequence[int]) -> Chosen:
    """The cuts that leave least to pay of `amounts`, by line."""
    ways, bounded, searched = list[Way](), any(store.sets.bounded for store in stores), list[list[Way] | None]()
    for store in stores:
        way = _take(store, store.sets, (*best(store.tiers), *together(store.coupons)), amounts)
        found: list[Way] | None = None
        if not _is_whole(way, amounts, store):
            found, cut_short = _every_way(store, amounts)
            bounded |= cut_short
            way = min([way, *found], key=_cost)
        ways.append(way)
        searched.append(found)
    wanted = (*together(platform.coupons), *best(platform.tiers))
    taken = _take_all(wanted, _left(stores, ways, len(amounts)))
    if all(one.is_whole for one in taken):
        return Chosen(tuple(ways), taken, bounded)
    return _jointly(stores, searched, platform, amounts, Chosen(tuple(ways), taken, bounded))


def best(options: Iterable[Option]) -> tuple[Option, ...]:
    """The one that takes most off, if there is any."""
    found = min(options, key=lambda option: option.rank, default=None)
    return (found,) if found else ()


def together(coupons: Iterable[Option]) -> tuple[Option, ...]:
    """All that may be stacked, and the best of those that may not."""
    coupons = tuple(coupons)
    if not coupons:
        return ()
    return (*sorted((c for c in coupons if c.stackable), key=lambda c: c.rank), *best(c for c in coupons if not c.stackable))


def _is_whole(way: Way, amounts: Sequence[int], store: StoreChoices) -> bool:
    """Whether everything was taken for what it is worth: then no other way leaves less."""
    wanted = way.sets.total + sum(one.option.minor for one in way.taken)
    return sum(amounts[place] for place in store.places) - sum(way.left) == wanted


def _take(store: StoreChoices, sets: Sets, options: Iterable[Option], amounts: Sequence[int]) -> Way:
    left = {place: amounts[place] for place in store.places}
    for made in sets.made:
        for place, minor in made.saved.items():
            left[place] -= minor
    taken = _take_all(options, left)
    return Way(sets, taken, tuple(left.values()))


def _take_all(options: Iterable[Option], left: dict[int, int]) -> tuple[Taken, ...]:
    """Take them one after the other from what is `left` by line, which is changed."""
    return tuple([_taken(option, left) for option in options])


def _taken(option: Option, left: dict[int, int]) -> Taken:
    weights = [left[place] for place in option.places]
    minor = min(option.minor, sum(weights))
    shares = allocate(minor, weights)
    for place, share in zip(option.places, shares, strict=True):
        left[place] -= share
    return Taken(option, minor, tuple(shares))


def _cost(way: Way) -> tuple[int, int]:
    """Of ways that leave the same, the one that uses least up."""
    return (sum(way.left), len(way.taken))


def _every_way(store: StoreChoices, amounts: Sequence[int]) -> tuple[list[Way], bool]:
    """Every lawful combination of a store's cuts that differs in what it leaves, and whether some were left out."""
    sets = store.every_sets()
    found: dict[tuple[int, ...], Way] = {}
    cut_short = any(one.bounded for one in sets)
    for n, (made, tier, coupons) in enumerate(product(sets, (None, *store.tiers), list(_stacks(store.coupons)))):
        if n >= MOST_COMBINATIONS:
            cut_short = True
            break
        way = _take(store, made, (*((tier,) if tier else ()), *coupons), amounts)
        known = found.get(way.left)
        if known is None or _cost(way) < _cost(known):
            found[way.left] = way
    return list(found.values()), cut_short


def _stacks(coupons: Sequence[Option]) -> Iterator[tuple[Option, ...]]:
    """Every lawful set of coupons: any of the stackable ones, and at most one other."""
    stackable = sorted((c for c in coupons if c.stackable), key=lambda c: c.rank)
    single = sorted((c for c in coupons if not c.stackable), key=lambda c: c.rank)
    some = chain.from_iterable(combinations(stackable, n) for n in range(len(stackable), -1, -1))
    for stacked in some:
        for one in (None, *single):
            yield (*stacked, *((one,) if one else ()))


def _left(stores: Sequence[StoreChoices], ways: Sequence[Way], lines: int) -> dict[int, int]:
    left = dict.fromkeys(range(lines), 0)
    for store, way in zip(stores, ways, strict=True):
        left.update(zip(store.places, way.left, strict=True))
    return left


def _jointly(
    stores: Sequence[StoreChoices], searched: Sequence[list[Way] | None], platform: PlatformChoices, amounts: Sequence[int],
    known: Chosen,
) -> Chosen:  # fmt: skip
    """What the platform takes off depends on what the stores leave: every combination of both, as far as the limit goes."""
    best_found, bounded = known, known.bounded
    least = _payable(known)
    every = list[list[Way]]()
    for store, ways in zip(stores, searched, strict=True):
        if ways is None:
            ways, cut_short = _every_way(store, amounts)
            bounded |= cut_short
        every.append(sorted(ways, key=_cost))
    ours = [(*coupons, *tier) for coupons in _stacks(platform.coupons) for tier in ((), *((one,) for one in platform.tiers))]
    for n, (options, some) in enumerate(product(ours, product(*every))):
        if n >= MOST_COMBINATIONS:
            bounded = True
            break
        found = Chosen(some, _take_all(options, _left(stores, some, len(amounts))), bounded)
        if (cost := _payable(found)) < least:
            best_found, least = found, cost
    return Chosen(best_found.stores, best_found.platform, bounded)


def _payable(chosen: Chosen) -> tuple[int, int]:
    paid = sum(sum(way.left) for way in chosen.stores) - sum(one.minor for one in chosen.platform)
    return (paid, sum(len(way.taken) for way in chosen.stores) + len(chosen.platform))
