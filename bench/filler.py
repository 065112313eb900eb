"""Orders that fill the table, so that a purchase can be measured with few and with many there already.

    python -m bench.filler 1000000       at least so many orders, in the market the environment names

Copies of one order that was placed and paid by the shop's own actions, with ids and numbers of their own.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

import django
from django.db import ProgrammingError, connection, transaction

from bench.buyers import COUNTRY, buy, variants

BATCH = 100_000
# `copied` pairs each copy's ids with a number; whole rows are copied, so that columns of later days need no change here.
COPIES = """
CREATE TEMP TABLE copied ON COMMIT DROP AS
SELECT n, uuidv7() AS purchase_id, uuidv7() AS order_id, uuidv7() AS line_id FROM generate_series(1, %(count)s) n;
CREATE TEMP TABLE purchases ON COMMIT DROP AS SELECT c.n, t.* FROM copied c, trade_purchase t WHERE t.id = %(purchase)s;
UPDATE purchases SET id = c.purchase_id, cart_id = NULL, idempotency_key = c.purchase_id::text
FROM copied c WHERE c.n = purchases.n;
CREATE TEMP TABLE orders ON COMMIT DROP AS SELECT c.n, t.* FROM copied c, trade_order t WHERE t.purchase_id = %(purchase)s;
UPDATE orders SET id = c.order_id, purchase_id = c.purchase_id, number = 'F' || right(replace(c.order_id::text, '-', ''), 20)
FROM copied c WHERE c.n = orders.n;
CREATE TEMP TABLE lines ON COMMIT DROP AS
SELECT c.n, t.* FROM copied c, trade_orderline t JOIN trade_order o ON o.id = t.order_id WHERE o.purchase_id = %(purchase)s;
UPDATE lines SET id = c.line_id, order_id = c.order_id FROM copied c WHERE c.n = lines.n;
ALTER TABLE purchases DROP COLUMN n;
ALTER TABLE orders DROP COLUMN n;
ALTER TABLE lines DROP COLUMN n;
INSERT INTO trade_purchase SELECT * FROM purchases;
INSERT INTO trade_order SELECT * FROM orders;
INSERT INTO trade_orderline SELECT * FROM lines;
"""


def fill(orders: int) -> None:
    """Have at least `orders` orders in the table, and plenty of every article."""
    from caravan.kernel.markets import market
    from caravan.trade.actions.rates import refresh_rates

    refresh_rates()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_variant SET stock = 1000000")
        cursor.execute("SELECT count(*) FROM trade_order")
        missing = orders - cursor.fetchone()[0]
        buy(variants()[0], market(COUNTRY), f"template-{time.time_ns()}")
        cursor.execute("SELECT id FROM trade_purchase WHERE state = 'paid' ORDER BY placed_at DESC LIMIT 1")
        template = cursor.fetchone()[0]
        while missing > 0:
            with transaction.atomic():
                for statement in COPIES.split(";\n"):
                    if statement.strip():
                        cursor.execute(statement, {"count": min(missing, BATCH), "purchase": template})
            missing -= BATCH
        cursor.execute("VACUUM ANALYZE")
        with suppress(ProgrammingError):  # where only a superuser may: it is written while others are measured, then
            cursor.execute("CHECKPOINT")


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]))
