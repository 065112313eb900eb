from __future__ import annotations

from tests.insight.world import Line, Product, Seen, World, name, told


def test_the_way_from_looking_to_buying_is_counted_in_visitors_and_in_buyers() -> None:
    seen = [
        Seen("view", "v1", 1), Seen("view", "v1", 2), Seen("view", "v2", 7), Seen("click", "v2", 7), Seen("cart_add", "v2", 3),
        Seen("cart_add", "v2", 2), Seen("cart_remove", "v2", 1), Seen("search", "v3", 1, store=""),
        Seen("view", "v3", 7.1), Seen("view", "v4", 14), Seen("view", "v5", 14.1), Seen("view", "v6", 0),
    ]  # fmt: skip
    lines = [
        Line("lamp", "ana", 1, order="o1"), Line("sofa", "ana", 1, order="o1"), Line("lamp", "ana", 2),
        Line("lamp", "bo", 3, refunded=1), Line("lamp", "cy", 4, trust=0.0), Line("lamp", "di", 8),
    ]  # fmt: skip
    (row,) = told(World(lines, [Product("lamp"), Product("sofa")], seen=seen)).store_funnel
    assert name(row.pop("store_id")) == "shop"
    assert row == {
        "views": 3, "visitors": 2, "clicks": 1, "carts": 1, "orders": 2, "buyers": 1,
        "views_before": 2, "visitors_before": 2, "clicks_before": 0, "carts_before": 0, "orders_before": 1, "buyers_before": 1,
    }  # fmt: skip


def test_a_store_only_looked_at_and_one_only_bought_from_both_stand() -> None:
    world = World([Line("lamp", "ana", 1)], [Product("lamp")], seen=[Seen("view", "v1", 1, store="window")])
    rows = told(world).store_funnel
    assert [(name(r["store_id"]), r["views"], r["orders"]) for r in rows] == [("shop", 0, 1), ("window", 1, 0)]
