"""How to take one of N without waiting for everybody: ways to count what is left, beside each other, by pgbench.

    python -m bench.buckets                     32 connections, 20,000 claims each way and round, some minutes
    python -m bench.buckets --claims 2000 --rounds 1

Each claim inserts a row (unique per buyer, as coupons of the market are) and takes one from what is left, in one function and one
durable transaction, on a PostgreSQL of its own. There is enough for all: what is measured is how takers get in each other's way.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

import psycopg

from bench.processes import TPS, pgbench
from caravan.project.postgres import cluster, ensure_database

TABLES = """
CREATE TABLE claim (id uuid PRIMARY KEY, prize int, buyer bigint, UNIQUE (prize, buyer));
CREATE TABLE bucket (number int PRIMARY KEY, "left" int CHECK ("left" >= 0));
CREATE TABLE share (id int PRIMARY KEY, taken boolean NOT NULL DEFAULT false);
CREATE INDEX share_free ON share (id) WHERE NOT taken;
CREATE SEQUENCE buyer;
"""
CLAIM = """
CREATE OR REPLACE FUNCTION claim(parts int, shares int) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first_one int := floor(random() * parts);
    mine uuid := gen_random_uuid();
BEGIN
    INSERT INTO claim VALUES (mine, 1, nextval('buyer')) ON CONFLICT DO NOTHING;
    {take}
    DELETE FROM claim WHERE id = mine;
    RETURN false;
END $$
"""
# The next bucket from a random one on that nobody holds; as `promotions_take` has it.
SKIPPING = """
    UPDATE bucket SET "left" = "left" - 1 WHERE number = (
        SELECT number FROM bucket WHERE number >= first_one AND "left" > 0 ORDER BY number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
    IF FOUND THEN RETURN true; END IF;
    UPDATE bucket SET "left" = "left" - 1 WHERE number = (
        SELECT number FROM bucket WHERE number < first_one AND "left" > 0 ORDER BY number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
    IF FOUND THEN RETURN true; END IF;
    UPDATE bucket SET "left" = "left" - 1 WHERE number = (
        SELECT number FROM bucket WHERE "left" > 0 ORDER BY number LIMIT 1 FOR NO KEY UPDATE);
    IF FOUND THEN RETURN true; END IF;
"""
# A random bucket, waited for; then the one after it.
WAITING = """
    FOR n IN 0 .. parts - 1 LOOP
        UPDATE bucket SET "left" = "left" - 1 WHERE number = (first_one + n) % parts AND "left" > 0;
        IF FOUND THEN RETURN true; END IF;
    END LOOP;
"""
# A row for each share.
SHARES = """
    UPDATE share SET taken = true WHERE id = (
        SELECT id FROM share WHERE id >= {start} AND NOT taken ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
    IF FOUND THEN RETURN true; END IF;
    UPDATE share SET taken = true WHERE id = (
        SELECT id FROM share WHERE id < {start} AND NOT taken ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
    IF FOUND THEN RETURN true; END IF;
"""
WAYS = {
    "one counter": (1, WAITING),
    "16 buckets, waiting": (16, WAITING),
    "16 buckets, skipping": (16, SKIPPING),
    "64 buckets, waiting": (64, WAITING),
    "64 buckets, skipping": (64, SKIPPING),
    "256 buckets, skipping": (256, SKIPPING),
    "a row a share, from a random one": (1, SHARES.format(start="floor(random() * shares)")),
    "a row a share, from the front": (1, SHARES.format(start="0")),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="caravan-bench-") as folder, cluster(Path(folder) / "postgres") as server:
        ensure_database(server, "buckets")
        url = server.url("buckets")
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(TABLES)
            found: dict[str, list[float]] = {way: [] for way in WAYS}
            for _ in range(options.rounds):
                for way, (parts, take) in WAYS.items():
                    found[way].append(measured(db, url, parts, take, options))
    for way, rates in sorted(found.items(), key=lambda pair: -statistics.median(pair[1])):
        print(f"{way:36}{statistics.median(rates):8,.0f} claims/s  ({min(rates):,.0f} to {max(rates):,.0f})")


def measured(db: psycopg.Connection, url: str, parts: int, take: str, options: argparse.Namespace) -> float:  # type: ignore[type-arg]
    """Claims a second. Raises RuntimeError where one too many or too few was given."""
    claims = options.claims // options.connections * options.connections
    db.execute("TRUNCATE claim, bucket, share")
    db.execute("INSERT INTO bucket SELECT n, %s / %s + 1 FROM generate_series(0, %s - 1) n", [2 * claims, parts, parts])
    if "share" in take:
        db.execute("INSERT INTO share SELECT n FROM generate_series(0, %s - 1) n", [2 * claims])
    db.execute(CLAIM.format(take=take))
    db.execute("VACUUM ANALYZE bucket, share, claim")
    db.execute("CHECKPOINT")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(f"SELECT claim({parts}, {2 * claims});\n")
        script.flush()
        each = str(claims // options.connections)
        rate = pgbench(Path(script.name), url, "-t", each, clients=options.connections, threads=2, figure=TPS)
    taken = db.execute("SELECT (SELECT count(*) FROM claim), (SELECT count(*) FROM share WHERE taken)").fetchone()
    if taken is None or taken[0] != claims or taken[1] not in (0, claims):
        raise RuntimeError(f"{taken} of {claims} were given")
    return rate


if __name__ == "__main__":
    main()
