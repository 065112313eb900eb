"""The definitions of docs/insight.md said a second time, in DuckDB's SQL over the files as they were published.

Nothing here knows our rules, tables or expressions: a `sold` view per data set says what counts as bought, by whom, when and
whether it was kept, and `hot` ranks whatever stands in it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import duckdb

DATA = Path(__file__).parents[4] / "shared" / "data"

OLIST = """
CREATE VIEW orders AS
SELECT o.*, c.customer_unique_id AS buyer,
       o.order_status IN ('canceled', 'unavailable')
       AND (o.order_delivered_carrier_date IS NULL OR o.order_delivered_customer_date IS NULL) AS called_off
FROM read_csv('{dir}/olist_orders_dataset.csv.gz') o JOIN read_csv('{dir}/olist_customers_dataset.csv.gz') c USING (customer_id);
CREATE VIEW items AS SELECT * FROM read_csv('{dir}/olist_order_items_dataset.csv.gz') WHERE price > 0;
CREATE TABLE sold AS
SELECT i.seller_id || '/' || i.product_id AS product, i.seller_id AS store, o.buyer, 1 AS pieces, NOT o.called_off AS kept,
       timezone('America/Sao_Paulo', coalesce(o.order_approved_at, o.order_purchase_timestamp)) AS happened,
       coalesce(p.product_category_name, 'outros') AS shelf
FROM items i JOIN orders o USING (order_id)
LEFT JOIN read_csv('{dir}/olist_products_dataset.csv.gz') p USING (product_id)
WHERE EXISTS (SELECT 1 FROM read_csv('{dir}/olist_order_payments_dataset.csv.gz') paid
              WHERE paid.order_id = o.order_id AND paid.payment_type <> 'not_defined');
CREATE TABLE stars AS
WITH newest AS (
    SELECT order_id, review_score, review_creation_date,
           row_number() OVER (PARTITION BY order_id ORDER BY review_creation_date DESC, line) AS place
    FROM (SELECT *, row_number() OVER () AS line FROM read_csv('{dir}/olist_order_reviews_dataset.csv.gz'))
), first_item AS (
    SELECT order_id, seller_id, product_id, row_number() OVER (PARTITION BY order_id ORDER BY line) AS place
    FROM (SELECT *, row_number() OVER () AS line FROM read_csv('{dir}/olist_order_items_dataset.csv.gz')) WHERE price > 0
)
SELECT f.seller_id || '/' || f.product_id AS product, f.seller_id AS store, n.review_score AS stars,
       coalesce(p.product_category_name, 'outros') AS shelf, timezone('America/Sao_Paulo', n.review_creation_date) AS happened
FROM newest n JOIN orders o USING (order_id) JOIN first_item f USING (order_id)
LEFT JOIN read_csv('{dir}/olist_products_dataset.csv.gz') p USING (product_id)
WHERE n.place = 1 AND f.place = 1 AND o.order_delivered_customer_date IS NOT NULL;
"""

RETAIL = """
CREATE TABLE rows AS
SELECT row_number() OVER () AS line, InvoiceNo AS invoice, upper(StockCode) AS product, Quantity AS pieces, UnitPrice AS price,
       split_part(CustomerID, '.', 1) AS customer, coalesce(split_part(CustomerID, '.', 1), 'invoice ' || InvoiceNo) AS buyer,
       timezone('Europe/London', InvoiceDate) AS happened
FROM read_csv('{file}', types = {{'InvoiceNo': 'VARCHAR', 'StockCode': 'VARCHAR', 'CustomerID': 'VARCHAR',
              'UnitPrice': 'DECIMAL(18, 4)', 'InvoiceDate': 'TIMESTAMP'}})
WHERE UnitPrice > 0 AND UnitPrice = round(UnitPrice, 2) AND regexp_matches(upper(StockCode), '^([0-9]{{5}}|DCGS[0-9])')
  AND Country NOT IN ('Unspecified', 'European Community') AND (Quantity > 0 OR CustomerID IS NOT NULL);
"""

HOT = """
WITH spans AS (
    SELECT CAST(? AS TIMESTAMPTZ) AS until, CAST(? AS INT) AS short, CAST(? AS INT) AS long
), bought AS (
    SELECT {subject} AS subject, buyer, kept, happened >= until - to_days(short) AS recent,
           happened >= until - to_days(2 * short) AND happened < until - to_days(short) AS before
    FROM sold, spans WHERE happened < until AND happened >= until - to_days(long)
), people AS (
    SELECT subject, buyer, bool_or(kept) AS kept, bool_or(kept AND recent) AS recent, bool_or(kept AND before) AS before
    FROM bought GROUP BY ALL
), counts AS (
    SELECT subject, count(*) AS paid, count(*) FILTER (kept) AS kept, count(*) FILTER (recent) AS recent,
           count(*) FILTER (before) AS before
    FROM people GROUP BY subject
), rated AS (
    SELECT {subject} AS subject, sum(stars) AS total, count(*) AS ratings
    FROM stars, spans WHERE happened < until GROUP BY subject
), usual AS ({usual})
SELECT c.subject, c.recent AS buyers, round(
    0.5 * ln(1 + c.recent) + 0.2 * ln(1 + c.kept)
    + 0.2 * greatest(-1, least(1, log2((c.recent + 5) / (c.before + 5))))
    + 0.1 * ((coalesce(r.total, 0) + 20 * coalesce(u.mean, 4.0)) / (coalesce(r.ratings, 0) + 20) - 1) / 4
          * (c.kept + 20) / (c.paid + 20), 6) AS score
FROM counts c LEFT JOIN rated r USING (subject) LEFT JOIN usual u ON u.subject IS NULL OR u.subject = c.subject
WHERE c.recent > 0 ORDER BY score DESC, subject
"""
USUAL = {
    "product": """
        SELECT goods.product AS subject, avg(stars) AS mean FROM (SELECT DISTINCT product, shelf FROM sold) goods
        JOIN stars USING (shelf), spans WHERE stars.happened < until GROUP BY goods.product""",
    "store": "SELECT NULL AS subject, avg(stars) AS mean FROM stars, spans WHERE happened < until",
}


def olist() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(OLIST.format(dir=DATA / "olist"))
    return con


def online_retail() -> duckdb.DuckDBPyConnection:
    """What was cancelled is given back by the latest earlier purchases of the same article by the same customer at that price."""
    con = duckdb.connect()
    con.execute(RETAIL.format(file=DATA / "online_retail" / "online_retail.csv.gz"))
    con.execute("CREATE TABLE given_back AS SELECT unnest(?) AS line", [_given_back(con)])
    con.execute("""
        CREATE TABLE sold AS SELECT product, 'the shop' AS store, buyer, pieces, happened, 'gifts' AS shelf,
               line NOT IN (SELECT line FROM given_back) AS kept FROM rows WHERE pieces > 0;
        CREATE TABLE stars (product TEXT, store TEXT, stars INT, shelf TEXT, happened TIMESTAMPTZ)""")
    return con


def _given_back(con: duckdb.DuckDBPyConnection) -> list[int]:
    """Lines of which nothing is left."""
    shelves: dict[tuple[object, ...], list[list[int]]] = defaultdict(list)
    for line, customer, product, price, pieces in con.execute(
        "SELECT line, customer, product, price, pieces FROM rows WHERE customer IS NOT NULL ORDER BY line"
    ).fetchall():
        left = shelves[customer, product, price]
        if pieces > 0:
            left.append([line, pieces])
        elif sum(n for _, n in left) >= -pieces:
            for bought in reversed(left):
                taken = min(bought[1], -pieces)
                bought[1] -= taken
                pieces += taken
    return [line for left in shelves.values() for line, n in left if not n]


def hot(con: duckdb.DuckDBPyConnection, subject: str, until: str, short: int, long: int) -> list[tuple[str, int, float]]:
    """(subject, buyers, score) of everything somebody bought and kept in the last `short` days before `until`, best first."""
    return con.execute(HOT.format(subject=subject, usual=USUAL[subject]), [until, short, long]).fetchall()
