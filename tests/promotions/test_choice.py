"""Cuts that the goods do not suffice for: what is chosen leaves as little as any combination of all of them does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from caravan.promotions.rules import Payer, Stage
from caravan.promotions.rules.allocation import allocate
from caravan.promotions.rules.choice import MOST_COMBINATIONS, PlatformChoices, StoreChoices, choose
from caravan.promotions.rules.cuts import Option
from tests.promotions.markets import id_of

PLACES = (range(2), range(2, 4))  # of two stores


@st.composite
def options(draw, stage: Stage, places: range, most: int) -> list[Option]:
    """Up to `most` of them, each about some of the goods."""
    made = []
    for n in range(draw(st.integers(0, most))):
        about = sorted(draw(st.sets(st.sampled_from(places), min_size=1)))
        minor, stackable = draw(st.integers(1, 60)), draw(st.booleans())
        made.append(Option(stage, id_of(stage, n), "", Payer.STORE, about, minor, None, stackable=stackable))
    return made


def stores():
    one = [
        st.builds(
            lambda places, tiers, coupons: StoreChoices(places, tiers, coupons),
            st.just(places), options(Stage.SPEND_SAVE, places, 2), options(Stage.STORE_COUPON, places, 2),
        )
        for places in PLACES
    ]  # fmt: skip
    return st.tuples(*one)


platforms = st.builds(PlatformChoices, options(Stage.PLATFORM_DISCOUNT, range(4), 2), options(Stage.PLATFORM_COUPON, range(4), 2))


@settings(max_examples=150, deadline=None)
@given(stores(), platforms, st.lists(st.integers(0, 50), min_size=4, max_size=4))
def test_as_little_is_left_as_any_combination_leaves(stores, platform, amounts):
    chosen = choose(stores, platform, amounts)
    assert not chosen.bounded
    assert chosen.cost == min(_costs(stores, platform, amounts))


def test_beyond_so_many_combinations_the_best_so_far_is_taken_and_said_to_be_so():
    def coupons(stage: Stage, places: range, count: int) -> list[Option]:
        return [Option(stage, id_of(stage, n), "", Payer.STORE, places, 7 + n, None, stackable=True) for n in range(count)]

    few, many = (PlatformChoices((), coupons(Stage.PLATFORM_COUPON, range(4), n)) for n in (2, MOST_COMBINATIONS.bit_length()))
    stores = [StoreChoices(places, (), coupons(Stage.STORE_COUPON, places, 2)) for places in PLACES]
    amounts = [4, 4, 4, 4]
    assert not choose(stores, few, amounts).bounded
    assert choose(stores, many, amounts).bounded
    assert sum(choose(stores, many, amounts).left) == 0


def _costs(stores: Sequence[StoreChoices], platform: PlatformChoices, amounts: Sequence[int]) -> Iterator[tuple[int, int]]:
    own = [list(_lawful(store.tiers, store.coupons)) for store in stores]
    for *theirs, ours in product(*own, list(_lawful(platform.tiers, platform.coupons))):
        left, taken = list(amounts), [option for some in theirs for option in some] + ours
        for option in taken:
            weights = [left[place] for place in option.places]
            for place, share in zip(option.places, allocate(min(option.minor, sum(weights)), weights), strict=True):
                left[place] -= share
        yield sum(left), len(taken)


def _lawful(tiers: Sequence[Option], coupons: Sequence[Option]) -> Iterator[list[Option]]:
    """In the order in which they are taken: a store's tier comes before its coupons, the market's after."""
    for size in range(len(coupons) + 1):
        for some in combinations(sorted(coupons, key=lambda one: (not one.stackable, one.rank)), size):
            if sum(not one.stackable for one in some) <= 1:
                for tier in [[], *([tier] for tier in tiers)]:
                    yield [*tier, *some] if not tier or tier[0].stage < Stage.STORE_COUPON else [*some, *tier]
