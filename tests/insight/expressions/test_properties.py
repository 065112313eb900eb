"""What must hold of any market. Each scenario is a category of its own, so that one computation tries many."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.insight.world import Line, Product, World, cell, name, told

BUYERS = ["ana", "bo", "cy", "dee"]
lines = st.builds(
    Line,
    product=st.sampled_from(["x", "y"]),
    buyer=st.sampled_from(BUYERS),
    days=st.sampled_from([0.5, 1.0, 6.0, 7.0, 8.0, 14.0, 20.0, 31.0, 89.0]),
    quantity=st.integers(1, 3),
    refunded=st.sampled_from([None, None, 0.1]),
    trust=st.sampled_from([1.0, 1.0, 0.5, 0.0]),
)
markets = st.lists(lines, max_size=12)
few = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate])


def scores(scenarios: list[list[Line]]) -> list[tuple[float, int]]:
    """Score and capped units of product x in each scenario, (0, 0) where it is not listed."""
    products = [Product(f"{p}{n}", f"shop{n}", f"s{n}/goods") for n in range(len(scenarios)) for p in "xy"]
    moved = [replace(x, product=f"{x.product}{n}", buyer=f"{x.buyer}{n}") for n, some in enumerate(scenarios) for x in some]
    rows = told(World(moved, products)).hot_products
    top = [r for r in rows if not r["market"] and r["period"] == "7d" and r["category"] and "/" not in r["category"]]
    seen = {name(r["subject_id"]): (r["score"], r["units"]) for r in top}
    return [seen.get(f"x{n}", (0.0, 0)) for n in range(len(scenarios))]


@few
@given(st.lists(st.tuples(markets, st.sampled_from(BUYERS), st.sampled_from([0.5, 6.0, 7.0])), min_size=10, max_size=25))
def test_another_order_in_the_period_never_lowers_the_score(tried: list[tuple[list[Line], str, float]]) -> None:
    before = scores([some for some, _, _ in tried])
    after = scores([[*some, Line("x", buyer, days)] for some, buyer, days in tried])
    assert all(b[0] <= a[0] for b, a in zip(before, after, strict=True))


@few
@given(st.lists(st.tuples(markets, st.sampled_from(BUYERS)), min_size=10, max_size=25))
def test_a_buyers_third_unit_changes_nothing(tried: list[tuple[list[Line], str]]) -> None:
    two = [[*some, Line("x", buyer, 2.0, quantity=2)] for some, buyer in tried]
    three = [[*some, Line("x", buyer, 2.0, quantity=2), Line("x", buyer, 2.0)] for some, buyer in tried]
    assert scores(two) == scores(three)


@few
@given(st.lists(st.tuples(markets, lines), min_size=10, max_size=25))
def test_a_refund_in_the_period_never_raises_the_score_and_removes_the_buyer(tried: list[tuple[list[Line], Line]]) -> None:
    mine = [replace(x, product="x", buyer="new", days=3.0, trust=1.0, refunded=None) for _, x in tried]
    kept = scores([[*some, x] for (some, _), x in zip(tried, mine, strict=True)])
    back = scores([[*some, replace(x, refunded=1.0)] for (some, _), x in zip(tried, mine, strict=True)])
    never = scores([some for some, _ in tried])
    assert all(b[0] < k[0] for b, k in zip(back, kept, strict=True))
    assert [b[1] for b in back] == [n[1] for n in never]


@few
@given(st.lists(lines, min_size=20, max_size=40), st.randoms())
def test_a_list_does_not_depend_on_the_order_of_the_rows(some: list[Line], random: object) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    products = [Product("x"), Product("y", "other")]
    first, second = (told(World(given, products)) for given in (some, shuffled))
    assert [(p.name, p.score) for p in cell(first.hot_products)] == [(p.name, p.score) for p in cell(second.hot_products)]
    assert [(p.name, p.score) for p in cell(first.best_stores)] == [(p.name, p.score) for p in cell(second.best_stores)]
