"""Places counted by hand."""

from __future__ import annotations

from math import log, log2

import pytest

from caravan.insight.rules import growth, hot_score, quality, rise
from tests.insight.world import Line, Listed, Product, Stars, World, cell, told

LAMP, CHAIR, SOCKS = Product("lamp"), Product("chair", category="home/chairs", days=50), Product("socks", "other", "wear/socks")


def hot(*lines: Line, products: tuple[Product, ...] = (LAMP, CHAIR, SOCKS), **where: str) -> list[Listed]:
    return cell(told(World(lines, products)).hot_products, **where)


def bought(product: str, *buyers: str, days: float = 1.0) -> list[Line]:
    return [Line(product, buyer, days) for buyer in buyers]


def test_the_score_of_a_place_is_the_formula_on_its_figures() -> None:
    lines = [
        *bought("lamp", "ana", "bo", "cy"),
        *bought("lamp", "dee", days=10),
        *bought("lamp", "eve", days=20),
        *bought("lamp", "fay", days=40),
        Line("lamp", "gus", 2, refunded=1),
    ]
    world = World(lines, [LAMP], [Stars("lamp", 5), Stars("lamp", 5), Stars("lamp", 2)])
    (place,) = cell(told(world).hot_products)
    # recent: ana bo cy; before: dee; long: those and eve; gus paid and got the money back; fay bought too long ago.
    up = log2((3 + 5) / (1 + 5))
    stars = (12 + 4 * 20) / (3 + 20)
    content = (stars - 1) / 4 * (5 + 20) / (6 + 20)
    assert place.score == pytest.approx(0.5 * log(1 + 3) + 0.2 * log(1 + 5) + 0.2 * up + 0.1 * content, abs=1e-6)
    assert place.figures["stars"] == pytest.approx(stars)
    assert [place.figures[k] for k in ("buyers", "recent", "before", "long", "kept", "paid", "refunded_units", "ratings")] == [
        3, 3.0, 1.0, 5.0, 5, 6, 1, 3
    ]  # fmt: skip


def test_places_agree_with_the_pure_rules() -> None:
    lines = [*bought("lamp", "ana", "bo"), *bought("chair", "cy"), *bought("socks", "cy", "bo", days=9), *bought("socks", "ana")]
    world = World(lines, [LAMP, CHAIR, SOCKS], [Stars("lamp", 4), Stars("chair", 2), Stars("socks", 5)])
    seen = told(world)
    usual = {"lamp": 3.0, "chair": 3.0, "socks": 5.0}
    given = {"lamp": 4, "chair": 2, "socks": 5}
    for p in cell(seen.hot_products):
        f = p.figures
        assert f["growth"] == pytest.approx(growth(f["recent"], f["before"]))
        assert f["quality"] == pytest.approx(quality(given[p.name], 1, usual[p.name], int(f["kept"]), int(f["paid"])))
        assert f["rise"] == pytest.approx(rise(f["recent"], f["before"]), abs=1e-6)
        assert p.score == pytest.approx(hot_score(f["recent"], f["long"], f["growth"], f["quality"]), abs=1e-6)


def test_windows_begin_with_their_first_instant_and_end_before_now() -> None:
    (place,) = hot(*bought("lamp", "first", days=7), *bought("lamp", "before", days=7.00001), *bought("lamp", "now", days=0))
    assert (place.figures["recent"], place.figures["before"], place.figures["long"]) == (1.0, 1.0, 2.0)


def test_each_period_looks_at_its_own_windows() -> None:
    lines = [Line("lamp", "ana", 0.5), Line("lamp", "bo", 5), Line("lamp", "cy", 20), Line("lamp", "dee", 80)]
    seen = told(World(lines, [LAMP])).hot_products
    figures = {period: cell(seen, period=period)[0].figures for period in ("24h", "7d", "30d")}
    assert [(f["recent"], f["long"]) for f in figures.values()] == [(1, 2), (2, 3), (3, 4)]


def test_a_product_stands_in_every_category_above_it_and_in_no_other() -> None:
    lines = [*bought("lamp", "ana", "bo"), *bought("chair", "ana"), *bought("socks", "ana", "bo", "cy")]
    seen = told(World(lines, [LAMP, CHAIR, SOCKS])).hot_products
    names = {c: [p.name for p in cell(seen, category=c)] for c in ("", "home", "home/lamps", "wear", "wear/socks", "garden")}
    assert names == {
        "": ["socks", "lamp", "chair"],
        "home": ["lamp", "chair"],
        "home/lamps": ["lamp"],
        "wear": ["socks"],
        "wear/socks": ["socks"],
        "garden": [],
    }


def test_each_market_has_its_own_list_and_a_buyer_of_two_markets_is_one_buyer_everywhere() -> None:
    lines = [Line("lamp", "ana", 1, market="US"), Line("lamp", "ana", 1, market="BR"), Line("chair", "bo", 1, market="BR")]
    seen = told(World(lines, [LAMP, CHAIR])).hot_products
    assert [p.name for p in cell(seen, market="US")] == ["lamp"]
    assert {p.name for p in cell(seen, market="BR")} == {"lamp", "chair"}
    assert {p.name: p.figures["recent"] for p in cell(seen)} == {"lamp": 1.0, "chair": 1.0}


def test_flagged_orders_count_by_their_trust_and_false_ones_not_at_all() -> None:
    lines = [
        Line("lamp", "ana", 1, trust=0.0),
        Line("lamp", "bo", 1, trust=0.4),
        Line("lamp", "bo", 2, trust=0.7),
        Line("lamp", "cy", 1),
    ]
    (place,) = hot(*lines)
    assert (place.figures["recent"], place.figures["buyers"], place.figures["units"]) == (1.7, 2, 3)


def test_a_refund_that_is_yet_to_come_does_not_count_today() -> None:
    world = World([Line("lamp", "ana", 3, refunded=-1.0)], [LAMP])
    assert cell(told(world).hot_products)[0].figures["recent"] == 1.0


def test_what_is_not_on_sale_is_not_listed_yet_its_buyers_count_for_its_store() -> None:
    gone = Product("lamp", listed=False)
    told_ = told(World(bought("lamp", "ana"), [gone]))
    assert cell(told_.hot_products) == []
    assert [p.name for p in cell(told_.best_stores)] == ["shop"]


def test_ties_go_to_what_was_on_sale_first_then_to_the_lower_id() -> None:
    products = (Product("b", days=10), Product("c", days=10), Product("a", days=5), Product("old", days=90))
    lines = [*bought("a", "x"), *bought("b", "y"), *bought("c", "z"), *bought("old", "w")]
    assert [p.name for p in hot(*lines, products=products)] == ["old", "b", "c", "a"]


def test_a_list_ends_at_a_hundred() -> None:
    products = tuple(Product(f"p{n:03}") for n in range(103))
    places = hot(*(Line(p.name, "ana", 1) for p in products), products=products)
    assert [p.rank for p in places] == list(range(1, 101))


def test_a_store_counts_a_buyer_once_in_each_category_whatever_they_took() -> None:
    lines = [*bought("lamp", "ana", "bo"), *bought("chair", "ana", "cy"), *bought("socks", "ana")]
    seen = told(World(lines, [LAMP, CHAIR, SOCKS])).best_stores
    nodes = ("", "home", "home/lamps", "home/chairs", "wear")
    assert {c: {p.name: p.figures["recent"] for p in cell(seen, category=c)} for c in nodes} == {
        "": {"shop": 3.0, "other": 1.0},
        "home": {"shop": 3.0},
        "home/lamps": {"shop": 2.0},
        "home/chairs": {"shop": 2.0},
        "wear": {"other": 1.0},
    }


def test_two_units_a_buyer_and_product_count_for_a_store() -> None:
    lines = [Line("lamp", "ana", 1, quantity=9), Line("chair", "ana", 1, quantity=1), Line("chair", "bo", 1, quantity=5)]
    assert cell(told(World(lines, [LAMP, CHAIR])).best_stores)[0].figures["units"] == 2 + 1 + 2


def test_rising_lists_take_what_more_buy_than_just_before() -> None:
    steady = [*bought("chair", *"abcdef", days=3), *bought("chair", *"abcdef", days=10)]
    rising = [*bought("lamp", *"abc", days=3), *bought("lamp", "z", days=10)]
    few = bought("socks", "a", "b", days=3)
    seen = told(World([*steady, *rising, *few], [LAMP, CHAIR, SOCKS]))
    assert [(p.name, p.score) for p in cell(seen.rising_products)] == [("lamp", pytest.approx(2 / 5**0.5, abs=1e-6))]
    assert next(p.name for p in cell(seen.hot_products)) == "chair"


def test_a_market_without_orders_has_empty_lists() -> None:
    seen = told(World([], [LAMP]))
    assert cell(seen.hot_products) == cell(seen.best_stores) == []
    assert seen.store_volume == seen.product_sales == []
