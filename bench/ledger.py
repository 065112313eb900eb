"""What reading the books costs: a ledger of 1.1 million entries, 120,000 of them of one store.

    python -m bench.ledger                  a minute or two, most of it to make the entries
    python -m bench.ledger --orders 2000    a look

On a PostgreSQL of its own. Each order is paid, completed and available: three postings, eight entries, three of them its store's.
Milliseconds are by the clock, medians of some hundred runs. Exits 1 where the books do not prove.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from bench.processes import run
from caravan.kernel.money import Money
from caravan.ledger.rules import AccountKind, Leg, Posting
from caravan.project.postgres import cluster, ensure_database

ORDERS = 137_500
OTHERS = 100  # stores besides the large one
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
AT_ONCE = 10_000
RUNS = 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=ORDERS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="caravan-bench-") as folder, cluster(Path(folder) / "postgres") as server:
        ensure_database(server, "ledger")
        os.environ.update(DATABASE_URL=server.url("ledger"), DJANGO_SETTINGS_MODULE="caravan.project.settings")
        run("caravan", "manage", "migrate", "-v", "0", environment={})
        django.setup()
        return measure(options.orders)


def measure(orders: int, runs: int = RUNS) -> int:
    """In the database Django is set up for."""
    from caravan.ledger.models import Entry
    from caravan.ledger.queries import account_statement, balance, check, statement, totals

    _fill(orders)
    large = _store(0)
    print(f"{Entry.objects.count():,} entries, {Entry.objects.filter(owner_id=large).count():,} of them of one store")
    month = {"since": AT + timedelta(minutes=orders // 3), "until": AT + timedelta(minutes=2 * orders // 3)}
    for name, read in {
        "a balance of that store": lambda: balance(AccountKind.STORE_AVAILABLE, large, "EUR"),
        "the trial balance": totals,
        "a page of that store's statement": lambda: statement(large, "EUR"),
        "the same of a time gone by": lambda: statement(large, "EUR", **month),
        "a page of the commission's": lambda: account_statement(AccountKind.COMMISSION, "EUR"),
    }.items():
        print(f"{name:34}{_median(read, runs) * 1_000:9.2f} ms")
    began = time.perf_counter()
    findings = check()
    print(f"{'the check of everything':34}{time.perf_counter() - began:9.2f} s, {len(findings)} findings")
    return 1 if findings else 0


def _fill(orders: int) -> None:
    from caravan.ledger.actions import fold, record_postings

    waiting = _postings(orders)
    while some := list(islice(waiting, AT_ONCE)):
        record_postings(some)
    for _ in range(3):  # a run notes how far the next one may go
        fold()


def _postings(orders: int) -> Iterator[Posting]:
    for n in range(orders):
        order, at = UUID(int=(2 << 64) + n), AT + timedelta(minutes=n)
        store = _store(0 if n * 40_000 // ORDERS != (n + 1) * 40_000 // ORDERS else 1 + n % OTHERS)
        escrow, earned = AccountKind.ESCROW, AccountKind.STORE_EARNED
        for kind, legs in {
            "paid": [(AccountKind.PROVIDER_CLEARING, None, 5_400), (escrow, order, -5_400)],
            "completed": [
                (escrow, order, 5_400), (AccountKind.TAX, None, -900), (AccountKind.COMMISSION, None, -360),
                (earned, store, -4_140),
            ],
            "available": [(earned, store, 4_140), (AccountKind.STORE_AVAILABLE, store, -4_140)],
        }.items():  # fmt: skip
            moved = tuple(Leg(account, owner, Money(minor, "EUR")) for account, owner, minor in legs)
            yield Posting(cause=order, kind=kind, legs=moved, at=at, order_id=order)


def _store(n: int) -> UUID:
    return UUID(int=(1 << 64) + n)


def _median(read: Callable[[], Any], runs: int) -> float:
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        read()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


if __name__ == "__main__":
    sys.exit(main())
