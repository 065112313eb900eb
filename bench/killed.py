"""Web server and worker killed at random instants while people buy: every order is wholly there or not at all.

    python -m bench.killed                       2,000 orders, 32 buyers side by side, a kill about every 3 s
    python -m bench.killed --orders 100 --every 2

A small demo market is started as `bin/demo` does it. Each buyer makes a cart, orders and pays through the API, and repeats a
request that got no answer, under the same Idempotency-Key and attempt. Afterwards the books are compared: purchases with orders,
orders with lines, stock with what was sold, payments with the provider's own, and `caravan ledger check`. Exits 1 where anything
differs.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from bench.shoppers import ADDRESS, CARD, PLACE, HungUp, Refused, post
from tests.project.demo_market import DemoMarket

PIECES = 1_000_000  # of each article, so that none sells out
PATIENCE = 120  # seconds a buyer goes on asking
SHOWN = 5  # of what is wrong

WANTED = """
SELECT v.id FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id JOIN stores_store s ON s.id = p.store_id
WHERE v.is_active AND p.status = 'active' AND s.status = 'open' AND (cardinality(s.ships_to) = 0 OR 'BR' = ANY (s.ships_to))
ORDER BY v.id LIMIT 50
"""

# What must not be, each as a query that finds it.
WRONG = {
    "purchases without an order": """
        SELECT p.id FROM trade_purchase p LEFT JOIN trade_order o ON o.purchase_id = p.id WHERE o.id IS NULL""",
    "orders without a line": """
        SELECT o.id FROM trade_order o LEFT JOIN trade_orderline l ON l.order_id = o.id WHERE l.id IS NULL""",
    "purchases that are not the sum of their orders": """
        SELECT p.id FROM trade_purchase p JOIN trade_order o ON o.purchase_id = p.id
        GROUP BY p.id HAVING sum(o.total_minor) <> p.total_minor""",
    "orders that are not the sum of their lines": """
        SELECT o.id FROM trade_order o JOIN trade_orderline l ON l.order_id = o.id
        GROUP BY o.id HAVING sum(l.total_minor) <> o.items_minor""",
    "carts ordered twice": "SELECT cart_id FROM trade_purchase WHERE cart_id IS NOT NULL GROUP BY cart_id HAVING count(*) > 1",
    "purchases paid whose orders are not, or the other way round": """
        SELECT o.id FROM trade_order o JOIN trade_purchase p ON p.id = o.purchase_id
        WHERE o.source = '' AND (p.state = 'paid') <> (o.payment_state = 'paid')""",
    "money the provider took and we do not know of, or the other way round": """
        SELECT c.id, c.state, y.state, y.reason, p.state, y.created_at, y.settled_at
        FROM trade_sandboxcharge c JOIN trade_payment y ON y.id = c.id JOIN trade_purchase p ON p.id = y.purchase_id
        WHERE (c.state = 'paid') <> (y.state IN ('paid', 'refunding', 'refunded'))""",
    "payments without a charge": """
        SELECT y.id, y.state, y.created_at FROM trade_payment y LEFT JOIN trade_sandboxcharge c ON c.id = y.id
        WHERE y.state = 'paid' AND c.id IS NULL AND y.created_at >= %(since)s""",
    "articles whose stock is not what was not sold": f"""
        SELECT v.id FROM catalog_variant v
        LEFT JOIN trade_orderline l
            ON l.variant_id = v.id AND l.order_id IN (SELECT id FROM trade_order WHERE placed_at >= %(since)s)
        GROUP BY v.id HAVING v.stock + coalesce(sum(l.quantity), 0) <> {PIECES}""",
}  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What the buyers were told. `unsure` of them gave up before they had an answer."""

    paid: list[str] = field(default_factory=list)
    repeated: int = 0
    unsure: int = 0
    kills: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=2_000)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--every", type=float, default=3.0, help="mean seconds between kills")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="caravan-killed-") as folder:
        market = DemoMarket(Path(folder))
        try:
            return drill(market, options)
        finally:
            market.stop()


def drill(market: DemoMarket, options: argparse.Namespace) -> int:
    with psycopg.connect(market.database_url(), autocommit=True) as db:
        db.execute("UPDATE catalog_variant SET stock = %s", [PIECES])
        since = db.execute("SELECT now()").fetchone()[0]  # type: ignore[index]
        variants = [row[0] for row in db.execute(WANTED)]
    began = time.monotonic()
    tally = asyncio.run(_shop_and_kill(market, variants, options))
    seconds = time.monotonic() - began
    print(
        f"{len(tally.paid):,} orders paid in {seconds:.0f} s with {tally.kills} kills; {tally.repeated} requests repeated,"
        f" {tally.unsure} buyers gave up",
        flush=True,
    )
    market.wait(lambda: market.answers("/healthz"))
    with psycopg.connect(market.database_url(), autocommit=True) as db:
        _settle(db)
        wrong = {name: db.execute(query, {"since": since}).fetchall() for name, query in WRONG.items()}
        there = db.execute(
            "SELECT count(*) FROM trade_order WHERE payment_state = 'paid' AND number = ANY(%s)", [tally.paid]
        ).fetchone()
    wrong["orders a buyer was told of that are not there"] = [()] * (len(tally.paid) - there[0])  # type: ignore[index]
    for name, rows in wrong.items():
        print(f"{len(rows):6} {name}", *rows[:SHOWN], sep="\n       ")
    environment = {**os.environ, "DATABASE_URL": market.database_url(), "CARAVAN_VAR": str(market.var)}
    ledger = subprocess.run((sys.executable, "-m", "caravan", "ledger", "check"), env=environment).returncode
    return 1 if ledger or any(wrong.values()) else 0


async def _shop_and_kill(market: DemoMarket, variants: list[UUID], options: argparse.Namespace) -> Tally:
    tally, chance = Tally(), random.Random(options.seed)
    left = iter(range(options.orders))

    async def buyer() -> None:
        for number in left:
            await _purchase(market.port, number, chance.choice(variants), tally)

    buying = asyncio.gather(*(buyer() for _ in range(options.at_once)))
    while not buying.done():
        await asyncio.wait([buying], timeout=chance.expovariate(1 / options.every))
        if not buying.done():
            await asyncio.to_thread(market.kill, chance.choice(("serve", "serve", "worker")))
            tally.kills += 1
            # A market that is killed before it is up sells nothing, and shows nothing.
            await asyncio.to_thread(market.wait, lambda: market.answers("/healthz"))
    await buying
    return tally


async def _purchase(port: int, number: int, variant: UUID, tally: Tally) -> None:
    """One whole purchase. A cart that was lost is begun anew; what costs money is repeated as it was."""
    deadline, key = time.monotonic() + PATIENCE, str(uuid4())
    placed = None
    while placed is None and time.monotonic() < deadline:
        try:
            cart = await post(port, number, f"/api/v1/carts?{PLACE}", None)
            cart = await post(port, number, f"/api/v1/carts/{cart['id']}/lines?{PLACE}", {"variant_id": str(variant)})
        except HungUp:
            await asyncio.sleep(0.1)
            continue
        body = {
            "address": ADDRESS,
            "total": f"{cart['total']['amount']} {cart['total']['currency']}",
            "email": f"k{key}@example.test",
        }
        try:
            placed = await _insist(port, number, f"/api/v1/carts/{cart['id']}/checkout?{PLACE}", body, key, deadline, tally)
        except Refused as refused:
            # Others had the last piece at a deal's price meanwhile: nothing was ordered, and the buyer looks again.
            if refused.problem.get("code") != "price.changed":
                raise
            key = str(uuid4())
    paid = None
    if placed:
        path = f"/api/v1/orders/{placed['orders'][0]['id']}/payment?{PLACE}&key={placed['key']}"
        paid = await _insist(port, number, path, CARD, "", deadline, tally)
    if paid and paid["state"] == "paid":
        tally.paid.append(placed["orders"][0]["id"])
    else:
        tally.unsure += 1


async def _insist(port: int, number: int, path: str, body: object, key: str, deadline: float, tally: Tally) -> dict | None:
    while time.monotonic() < deadline:
        try:
            return await post(port, number, path, body, key)
        except HungUp:
            tally.repeated += 1
            await asyncio.sleep(0.1)
    return None


def _settle(db: psycopg.Connection) -> None:
    """Payments somebody was killed over are asked about by the worker a minute later, for ten minutes."""
    waiting = "SELECT count(*) FROM trade_payment WHERE state IN ('started', 'confirming', 'pending')"
    deadline = time.monotonic() + 720
    while db.execute(waiting).fetchone()[0] and time.monotonic() < deadline:  # type: ignore[index]
        time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
