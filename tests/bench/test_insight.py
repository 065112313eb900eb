from __future__ import annotations

from bench.insight import measured


def test_a_market_of_made_up_orders_is_written_and_computed():
    lines, days, writing, computing, gigabytes = measured(2_000, 90).split()
    assert (lines, days) == ("2,000", "90")
    assert 0 <= float(writing) < 60
    assert 0 < float(computing) < 60
    assert 0 < float(gigabytes) < 8
