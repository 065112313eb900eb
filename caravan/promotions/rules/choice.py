"""Which of the cuts are taken: those that leave least to pay.

No cut depends on another, so the most of each stage is best, and nothing has to be searched, as long as what is left of the
goods suffices for all of them. Only where it does not (goods that are free already, a coupon larger than what is left) does it
matter which comes from where; then every lawful combination is tried, up to `MOST_COMBINATIONS`, and beyond them the quote says
that it is `bounded`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations, product
from typing import NamedTuple

from caravan.promotions.rules.allocation import allocate
from caravan.promotions.rules.cuts import Option, Taken
from caravan.promotions.rules.sets import NO_SETS, Sets

MOST_COMBINATIONS = 5_000


def _no_sets() -> list[Sets]:
    return [NO_SETS]


class StoreChoices(NamedTuple):
    """What one store's order may have: one of `tiers`, its `coupons`, `sets` that save most (`every_sets` for all ways)."""

    places: range
    tiers: Sequence[Option] = ()
    coupons: Sequence[Option] = ()
    sets: Sets = NO_SETS
    every_sets: Callable[[], list[Sets]] = _no_sets

    @property
    def is_plain(self) -> bool:
        return not (self.tiers or self.coupons or self.sets.made)


class PlatformChoices(NamedTuple):
    tiers: Sequence[Option] = ()
    coupons: Sequence[Option] = ()


class Way(NamedTuple):
    """One way to take cuts from a store's order: what is `left` of its lines, in order of its places."""

    sets: Sets
    taken: Sequence[Taken]
    left: tuple[int, ...]


class Chosen(NamedTuple):
    """By store, in their order; then what the platform takes off all of them, and what is `left` to pay of each line."""

    stores: Sequence[Way]
    platform: Sequence[Taken]
    left: Sequence[int]
    bounded: bool

    @property
    def cost(self) -> tuple[int, int]:
        """Of those that leave the same, the one that uses least up."""
        return (sum(self.left), sum([len(way.taken) for way in self.stores]) + len(self.platform))


def choose(stores: Sequence[StoreChoices], platform: PlatformChoices, amounts: Sequence[int]) -> Chosen:
    """The cuts that leave least to pay of `amounts`, by line."""
    ways, searched, bounded = list[Way](), list[list[Way] | None](), any(store.sets.bounded for store in stores)
    for store in stores:
        if store.is_plain:
            ways.append(Way(NO_SETS, (), _of(store, amounts)))
            searched.append(ways[-1:])
            continue
        way = _take(store, store.sets, (*best(store.tiers), *together(store.coupons)), amounts)
        found: list[Way] | None = None
        if not _is_whole(way, amounts, store):
            found, cut_short = _every_way(store, amounts)
            bounded |= cut_short
            way = min([way, *found], key=_cost)
        ways.append(way)
        searched.append(found)
    wanted = (*together(platform.coupons), *best(platform.tiers))
    left = _left(ways)
    chosen = Chosen(ways, _take_all(wanted, left), left, bounded)
    if all(one.is_whole for one in chosen.platform):
        return chosen
    return _jointly(stores, searched, platform, amounts, chosen)


def best(options: Iterable[Option]) -> tuple[Option, ...]:
    """The one that takes most off, if there is any."""
    options = tuple(options)
    return options if len(options) < 2 else (min(options, key=lambda option: option.rank),)


def together(coupons: Iterable[Option]) -> tuple[Option, ...]:
    """All that may be stacked, and the best of those that may not."""
    coupons = tuple(coupons)
    if not coupons:
        return ()
    return (*sorted((c for c in coupons if c.stackable), key=lambda c: c.rank), *best(c for c in coupons if not c.stackable))


def _is_whole(way: Way, amounts: Sequence[int], store: StoreChoices) -> bool:
    """Whether everything was taken for what it is worth: then no other way leaves less."""
    wanted = way.sets.total + sum([one.option.minor for one in way.taken])
    return sum(_of(store, amounts)) - sum(way.left) == wanted


def _of(store: StoreChoices, amounts: Sequence[int]) -> tuple[int, ...]:
    return tuple(amounts[store.places.start : store.places.stop])


def _take(store: StoreChoices, sets: Sets, options: Sequence[Option], amounts: Sequence[int]) -> Way:
    left = list(amounts)
    for made in sets.made:
        for place, minor in made.saved.items():
            left[place] -= minor
    taken = _take_all(options, left)
    return Way(sets, taken, _of(store, left))


def _take_all(options: Iterable[Option], left: list[int]) -> list[Taken]:
    """Take them one after the other from what is `left` by line, which is changed."""
    return [_taken(option, left) for option in options]


def _taken(option: Option, left: list[int]) -> Taken:
    weights = [left[place] for place in option.places]
    minor = min(option.minor, sum(weights))
    shares = allocate(minor, weights)
    for place, share in zip(option.places, shares, strict=True):
        left[place] -= share
    return Taken(option, minor, shares)


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


def _left(ways: Sequence[Way]) -> list[int]:
    """By line: the stores' lines stand one after the other."""
    return [minor for way in ways for minor in way.left]


def _jointly(
    stores: Sequence[StoreChoices], searched: Sequence[list[Way] | None], platform: PlatformChoices, amounts: Sequence[int],
    known: Chosen,
) -> Chosen:  # fmt: skip
    """What the platform takes off depends on what the stores leave: every combination of both, as far as the limit goes."""
    best_found, bounded, least = known, known.bounded, known.cost
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
        left = _left(some)
        found = Chosen(some, _take_all(options, left), left, bounded)
        if (cost := found.cost) < least:
            best_found, least = found, cost
    return best_found._replace(bounded=bounded)
