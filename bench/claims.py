"""Buyers at the same instant, on connections of their own: who gets the last pieces, and how fast.

    python -m bench.claims                      64 buyers for the last 10 pieces, and one request sent 50 times
    python -m bench.claims --buyers 200 --pieces 150

Works in the database DATABASE_URL names (else the bundled one), on a store of its own which it removes from sale afterwards.
Exits 1 if a piece was sold twice or lost.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from caravan.project.cli import market_database


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--buyers", type=int, default=64)
    options.add_argument("--pieces", type=int, default=10)
    options.add_argument("--repeats", type=int, default=50)
    chosen = options.parse_args()
    with market_database():
        return race(chosen.buyers, chosen.pieces, chosen.repeats)


def race(buyers: int, pieces: int, repeats: int) -> int:
    from caravan.catalog.models import Product, Variant
    from caravan.trade.actions.rates import refresh_rates
    from caravan.trade.models import Order
    from tests import factories
    from tests.trade.scene import fill_cart, place, shown_total

    refresh_rates()
    made = factories.product(
        factories.store(slug=f"bench-{time.time_ns()}"), factories.category(f"bench-{time.time_ns()}"), stock=pieces
    )
    variant = made.variants.get()
    try:
        owners = [fill_cart((variant, 1)) for _ in range(buyers)]
        total = shown_total(owners[0])
        calls = [lambda o=o, n=n: place(o, total=total, email=f"bench{n}@example.test") for n, o in enumerate(owners)]
        results, times, wall = at_once(calls)
        left = Variant.objects.values_list("stock", flat=True).get(pk=variant.pk)
        sold = Order.objects.filter(store=made.store).count()
        show(f"{buyers} buyers, {pieces} pieces", results, times, wall, f"{sold} orders, {left} left")
        fair = sold == min(buyers, pieces) and left == pieces - sold

        Variant.objects.filter(pk=variant.pk).update(stock=5)
        owner = fill_cart((variant, 2))
        total = shown_total(owner)
        again, times, wall = at_once([lambda: place(owner, key="once", total=total)] * repeats)
        purchases = len({placed.purchase_id for placed in again if not isinstance(placed, Exception)})
        show(f"one request, {repeats} times", again, times, wall, f"{purchases} purchase")
        return 0 if fair and purchases == 1 else 1
    finally:
        Product.objects.filter(pk=made.pk).update(status="withdrawn")


def at_once(calls: Sequence[Callable[[], Any]]) -> tuple[list[Any], list[float], float]:
    """Results or refusals, seconds each took, seconds altogether."""
    from django.db import connection

    from caravan.kernel.errors import Conflict

    start = Barrier(len(calls) + 1)

    def run(call: Callable[[], Any]) -> tuple[Any, float]:
        connection.ensure_connection()
        start.wait()
        began = time.perf_counter()
        try:
            answer = call()
        except Conflict as refused:
            answer = refused
        finally:
            connection.close()
        return answer, time.perf_counter() - began

    with ThreadPoolExecutor(len(calls)) as threads:
        pending = [threads.submit(run, call) for call in calls]
        start.wait()
        began = time.perf_counter()
        done = [one.result() for one in pending]
        wall = time.perf_counter() - began
    return [answer for answer, _ in done], [seconds for _, seconds in done], wall


def show(what: str, results: list[Any], times: list[float], wall: float, outcome: str) -> None:
    refused = sum(isinstance(one, Exception) for one in results)
    middle = statistics.median(times)
    print(
        f"{what:32} {len(results) - refused:4} served {refused:4} refused   {wall:6.2f} s   "
        f"median {middle * 1000:6.0f} ms   slowest {max(times) * 1000:6.0f} ms   {outcome}"
    )


if __name__ == "__main__":
    sys.exit(main())
