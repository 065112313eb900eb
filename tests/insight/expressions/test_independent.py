"""The same lists from the definitions, in plain SQL on SQLite, over a random market of a few hundred orders."""

from __future__ import annotations

import math
import random
import sqlite3

import pytest

from caravan.insight.rules import Period
from tests.insight.world import Line, Product, Stars, World, name, told

LEAVES = ("home/lamps", "home/chairs", "home/chairs/office", "wear/socks", "wear")

SCHEMA = """
CREATE TABLE lines (product, store, category, listed, since, buyer, market, days, quantity, eur, refunded, trust);
CREATE TABLE stars (product, store, top, stars);
CREATE TABLE nodes (node); CREATE TABLE markets (market); CREATE TABLE periods (period, short, long);
"""

# One row per cell, subject, product and buyer; a product is its own subject, or its store is.
BUYERS = """
SELECT node, m.market, period, {subject} subject, product, buyer,
       max(CASE WHEN kept AND days <= short THEN trust ELSE 0 END) recent,
       max(CASE WHEN kept AND days > short AND days <= 2 * short THEN trust ELSE 0 END) before,
       max(CASE WHEN kept THEN trust ELSE 0 END) long,
       min(2, sum(CASE WHEN kept AND days <= short THEN quantity ELSE 0 END)) units,
       sum(CASE WHEN kept AND days <= short THEN eur ELSE 0 END) eur
FROM (SELECT *, refunded IS NULL OR refunded <= 0 AS kept FROM lines WHERE trust > 0 AND days > 0)
JOIN nodes ON node = '' OR category = node OR category LIKE node || '/%'
JOIN markets m ON m.market = '' OR m.market = lines_market
JOIN periods ON days <= periods.long
GROUP BY 1, 2, 3, 4, 5, 6
""".replace("SELECT *, refunded", "SELECT *, market lines_market, refunded")

LIST = """
WITH per_product AS ({buyers}),
per_buyer AS (
  SELECT node, market, period, subject, buyer, max(recent) recent, max(before) before, max(long) long,
         sum(units) units, sum(eur) eur
  FROM per_product GROUP BY 1, 2, 3, 4, 5),
figures AS (
  SELECT node, market, period, subject, sum(recent) recent, sum(before) before, sum(long) long, sum(units) units, sum(eur) eur,
         sum(recent > 0) buyers, sum(long > 0) kept, count(*) paid,
         (SELECT avg(stars) FROM stars s WHERE {usual}) usual,
         (SELECT count(*) FROM stars s WHERE s.{subject} = subject) ratings,
         (SELECT coalesce(sum(stars), 0) FROM stars s WHERE s.{subject} = subject) total
  FROM per_buyer GROUP BY 1, 2, 3, 4),
scored AS (
  SELECT *, round(0.5 * ln(1 + recent) + 0.2 * ln(1 + long)
    + 0.2 * max(-1.0, min(1.0, ln((recent + 5.0) / (before + 5.0)) / ln(2)))
    + 0.1 * ((total + 20 * coalesce(usual, 4.0)) / (ratings + 20.0) - 1) / 4 * (kept + 20.0) / (paid + 20.0), 6) score,
    {since} since
  FROM figures WHERE buyers > 0 AND {listed})
SELECT node, market, period, subject, buyers, recent, before, long, units, eur, kept, paid, score,
       row_number() OVER (PARTITION BY node, market, period ORDER BY score DESC, since DESC, subject) rank
FROM scored
"""


@pytest.fixture(scope="module")
def world() -> World:
    dice = random.Random(7)
    products = [
        Product(f"p{n:02}", f"s{n % 4}", LEAVES[n % 5], days=float(dice.randint(91, 99)), listed=n != 3) for n in range(20)
    ]
    lines = [
        Line(
            dice.choice(products).name, f"b{dice.randint(1, 40)}", dice.choice([0, 1, 7, 14, 30, 60, 90, dice.uniform(0, 95)]),
            quantity=dice.randint(1, 3), market=dice.choice(["US", "BR", "RU"]), eur=dice.randint(100, 9999),
            refunded=dice.choice([None, None, None, 0.5, -2.0]), trust=dice.choice([1.0, 1.0, 1.0, 0.25, 0.0]),
        )
        for _ in range(500)
    ]  # fmt: skip
    return World(lines, products, [Stars(dice.choice(products).name, dice.randint(1, 5)) for _ in range(60)])


@pytest.fixture(scope="module")
def sqlite(world: World) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.create_function("ln", 1, math.log)
    db.executescript(SCHEMA)
    product = {p.name: p for p in world.products}
    for x in world.lines:
        p = product[x.product]
        row = (p.name, p.store, p.category, p.listed, p.days, x.buyer, x.market, x.days, x.quantity, x.eur, x.refunded, x.trust)
        db.execute(f"INSERT INTO lines VALUES ({','.join('?' * 12)})", row)
    for s in world.stars:
        p = product[s.product]
        db.execute("INSERT INTO stars VALUES (?, ?, ?, ?)", (p.name, p.store, p.category.split("/")[0], s.stars))
    db.executemany("INSERT INTO nodes VALUES (?)", [(n,) for n in ("", "home", *LEAVES)])
    db.executemany("INSERT INTO markets VALUES (?)", [("",), ("US",), ("BR",), ("RU",)])
    db.executemany("INSERT INTO periods VALUES (?, ?, ?)", [(Period.DAY, 1, 7), (Period.WEEK, 7, 30), (Period.MONTH, 30, 90)])
    return db


def expected(db: sqlite3.Connection, subject: str) -> dict[tuple[str, str, str, int], tuple[object, ...]]:
    parts = {
        "product": {
            "usual": "s.top = (SELECT substr(category, 1, instr(category || '/', '/') - 1) FROM lines WHERE product = subject)",
            "since": "(SELECT max(since) FROM lines WHERE product = subject)",
            "listed": "(SELECT max(listed) FROM lines WHERE product = subject)",
        },
        "store": {"usual": "true", "since": "0", "listed": "true"},
    }[subject]
    rows = db.execute(LIST.format(buyers=BUYERS.format(subject=subject), subject=subject, **parts))
    return {(r[0], r[1], r[2], r[-1]): r[3:-1] for r in rows}


@pytest.mark.parametrize(("subject", "list_name"), [("product", "hot_products"), ("store", "best_stores")])
def test_every_place_of_every_list_agrees_with_plain_sql(
    world: World, sqlite: sqlite3.Connection, subject: str, list_name: str
) -> None:
    figures = ("buyers", "recent", "before", "long", "units", "paid_eur_minor", "kept", "paid", "score")
    found = {
        (r["category"], r["market"], r["period"], r["rank"]): (name(r["subject_id"]), *(r[f] for f in figures))
        for r in getattr(told(world), list_name)
    }
    wanted = expected(sqlite, subject)
    assert len(wanted) > 150
    assert found.keys() == wanted.keys()
    for key, place in wanted.items():
        assert found[key][0] == place[0], key
        assert found[key][1:] == pytest.approx(place[1:], abs=2e-6), key
