from __future__ import annotations

from tests.insight.world import Line, Product, World, name, told

LAMP, CHAIR = Product("lamp"), Product("chair", category="home/chairs")


def test_the_volume_of_a_store_counts_orders_units_buyers_and_money_net_of_refunds() -> None:
    lines = [
        Line("lamp", "ana", 1, quantity=3, eur=3000, order="o1"),
        Line("chair", "ana", 1, eur=500, order="o1"),
        Line("lamp", "bo", 45, quantity=2, eur=2000),
        Line("lamp", "bo", 2, refunded=1),
        Line("lamp", "cy", 2, trust=0.0),
        Line("lamp", "cy", 91),
    ]
    (row,) = told(World(lines, [LAMP, CHAIR])).store_volume
    daily = row.pop("daily_orders")
    assert row == {
        "store_id": row["store_id"],
        "orders_30d": 1, "units_30d": 4, "buyers_30d": 1, "paid_eur_minor_30d": 3500,
        "orders_90d": 2, "units_90d": 6, "buyers_90d": 2, "paid_eur_minor_90d": 5500,
    }  # fmt: skip
    # A day is 24 hours counted back from now: an order of exactly one day ago opens the last of them.
    assert len(daily) == 90
    assert {day: orders for day, orders in enumerate(daily) if orders} == {89: 1, 45: 1}


def test_sales_of_a_product_are_of_its_whole_life() -> None:
    lines = [
        Line("lamp", "ana", 1, quantity=3),
        Line("lamp", "ana", 300),
        Line("lamp", "bo", 300),
        Line("lamp", "cy", 5, refunded=1),
    ]
    rows = told(World(lines, [LAMP, CHAIR])).product_sales
    assert {name(r["store_id"]) for r in rows} == {"shop"}
    assert [(name(r["product_id"]), r["units_total"], r["buyers_total"], r["buyers_30d"]) for r in rows] == [("lamp", 5, 2, 1)]
