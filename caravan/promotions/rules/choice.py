"""Which of the cuts are taken: those that leave least to pay.

No cut depends on another, so the most of each stage is best, and nothing has to be searched, as long as what is left of the
goods suffices for all of them. Only where it does not (goods that are free already, a coupon larger than what is left) does it
matter which comes from where; then every lawful combination that may leave less is tried, up to `MOST_COMBINATIONS`, and beyond
them the quote says that it is `bounded`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from caravan.promotions.rules.allocation import allocate
from caravan.promotions.rules.cuts import Option, Taken
from caravan.promotions.rules.sets import NO_SETS, Sets

MOST_COMBINATIONS = 1_000


def _no_sets() -> list[Sets]:
    return [NO_SETS]


class StoreChoices(NamedTuple):
    """What one store's order may have: one of `tiers`, its `coupons`, `sets` that save most (`every_sets` for all ways)."""

    places: range
    tiers: Sequence[Option] = ()
    coupons: Sequence[Option] = ()
    sets: Sets = NO_SETS
    every_sets: Callable[[], list[Sets]] = _no_sets


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
    tried = [_tried(store, amounts) for store in stores]
    ways, wanted = [way for way, _, _ in tried], (*together(platform.coupons), *best(platform.tiers))
    left = _left(ways)
    chosen = Chosen(ways, _take_all(wanted, left), left, any(bounded for _, _, bounded in tried))
    if all(one.is_whole for one in chosen.platform):
        return chosen
    return _jointly(stores, [every for _, every, _ in tried], platform, amounts, chosen)


def best(options: Sequence[Option]) -> Sequence[Option]:
    """The one that takes most off, if there is any."""
    return options if len(options) < 2 else (min(options, key=lambda option: option.rank),)


def together(coupons: Sequence[Option]) -> Sequence[Option]:
    """All that may be stacked, and the best of those that may not."""
    if len(coupons) < 2:
        return coupons
    stackable = [coupon for coupon in coupons if coupon.stackable]
    return (*sorted(stackable, key=lambda c: c.rank), *best([coupon for coupon in coupons if not coupon.stackable]))


def _tried(store: StoreChoices, amounts: Sequence[int]) -> tuple[Way, list[Way] | None, bool]:
    """The way that leaves least; all there are, where they had to be looked at; whether there may be a better one."""
    if not (store.tiers or store.coupons or store.sets.made):
        way = Way(NO_SETS, (), _of(store, amounts))
        return way, [way], store.sets.bounded
    way = _take(store, store.sets, (*best(store.tiers), *together(store.coupons)), amounts)
    if _is_whole(way, amounts, store):
        return way, None, store.sets.bounded
    every, cut_short = _every_way(store, amounts)
    return min([way, *every], key=_cost), every, store.sets.bounded or cut_short


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
    every = ((made, (*tier, *coupons)) for made in sets for tier in _or_none(store.tiers) for coupons in _stacks(store.coupons))
    for n, (made, options) in enumerate(every):
        if n >= MOST_COMBINATIONS:
            cut_short = True
            break
        way = _take(store, made, options, amounts)
        known = found.get(way.left)
        if known is None or _cost(way) < _cost(known):
            found[way.left] = way
    return list(found.values()), cut_short


def _or_none(tiers: Sequence[Option]) -> Iterator[tuple[Option, ...]]:
    yield ()
    for tier in tiers:
        yield (tier,)


def _stacks(coupons: Sequence[Option]) -> Iterator[tuple[Option, ...]]:
    """Every lawful set of coupons: any of the stackable ones, and at most one other. One by one: there are 2**n."""
    stackable = sorted([c for c in coupons if c.stackable], key=lambda c: c.rank)
    single = sorted([c for c in coupons if not c.stackable], key=lambda c: c.rank)
    for n in range(len(stackable), -1, -1):
        for stacked in combinations(stackable, n):
            yield stacked
            for one in single:
                yield (*stacked, one)


def _left(ways: Sequence[Way]) -> list[int]:
    """By line: the stores' lines stand one after the other."""
    return [minor for way in ways for minor in way.left]


def _jointly(
    stores: Sequence[StoreChoices], searched: Sequence[list[Way] | None], platform: PlatformChoices, amounts: Sequence[int],
    known: Chosen,
) -> Chosen:  # fmt: skip
    """What the platform takes off depends on what the stores leave: each combination of both that may leave less than `known`."""
    best_found, bounded, least, tried = known, known.bounded, known.cost, 0
    every = list[list[Way]]()
    for store, ways in zip(stores, searched, strict=True):
        if ways is None:
            ways, cut_short = _every_way(store, amounts)
            bounded |= cut_short
        every.append(sorted(ways, key=_cost))
    fewest = sum([sum(ways[0].left) for ways in every])
    ours = ((*coupons, *tier) for coupons in _stacks(platform.coupons) for tier in _or_none(platform.tiers))
    for options in islice(ours, MOST_COMBINATIONS):
        most = sum([option.minor for option in options])
        for some in _within(least[0] + most - fewest, every):
            if tried == MOST_COMBINATIONS:
                return best_found._replace(bounded=True)
            tried += 1
            left = _left(some)
            found = Chosen(some, _take_all(options, left), left, bounded)
            if (cost := found.cost) < least:
                best_found, least = found, cost
    return best_found._replace(bounded=bounded or next(ours, None) is not None)


def _within(room: int, every: Sequence[Sequence[Way]]) -> Iterator[tuple[Way, ...]]:
    """One way of each store, where they leave together at most `room` more than the first ones, which leave least."""
    if room < 0:
        return
    if not every:
        yield ()
        return
    ways, *others = every
    least = sum(ways[0].left)
    for way in ways:
        more = sum(way.left) - least
        if more > room:
            break
        for rest in _within(room - more, others):
            yield (way, *rest)
