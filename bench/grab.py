"""Everybody presses at once: 20,000 people for 5,000 coupons, and for 5,000 pieces of a deal.

    python -m bench.grab                                   three ways, then with the web server killed; some minutes
    python -m bench.grab --people 2000 --prizes 500 --rounds 1    a look
    python -m bench.grab --only coupons

Each presses once. Through the actions (two processes of some threads), by pgbench with nothing but the function in the database
that decides it (bench/grab_coupons.sql, bench/grab_pieces.sql) on as many connections, and over HTTP with a token each, they take
turns on the same database; each time there are new prizes. A press is a request and its answer, won or refused; wins a second are
those between the first and the last, by the rows. Then the web server is killed while they press and started again, and everybody
asks until there is an answer: exactly as many win, and those who won have what they were told. Exits 1 where a prize was given
twice, lost or kept, or somebody has more than their limit.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psycopg

from bench.crowd import PER_BUYER, token
from bench.pages import market
from bench.pressing import Pressed, press
from bench.processes import TPS, free_port, pgbench, run, run_at_once, serving

PROCESSES, THREADS = 2, 8
CONNECTIONS = PROCESSES * THREADS
WORKERS = 2
TARGET = 0.6  # of pgbench's presses/s, at the action level
KINDS = ("coupons", "pieces")
# Rows that were won of a prize, and what has to be true of them.
ROWS = {"coupons": ("promotions_coupon", "promotion_id", "issued_at"), "pieces": ("promotions_hold", "goods_id", "at")}
ADDRESSES = {"coupons": "/api/v1/coupons/{}/claims", "pieces": "/api/v1/deals/{}/holds"}
FAIR = """
SELECT count(*), count(DISTINCT buyer_id), coalesce(max(nth), 0), extract(epoch FROM max({at}) - min({at}))::float8,
    (SELECT coalesce(sum("left"), 0) FROM promotions_bucket WHERE subject_id = %(prize)s)
FROM {table} WHERE {subject} = %(prize)s
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One way, once. `wrong` says what was not fair, empty where all was."""

    way: str
    won: int
    presses: int
    seconds: float
    winning: float
    latencies: tuple[float, ...]
    note: str
    wrong: str

    @property
    def per_second(self) -> float:
        return self.presses / self.seconds

    @property
    def wins_per_second(self) -> float:
        return self.won / max(self.winning, 0.001)


class Grab:
    """The ways to press, for one kind of prize."""

    def __init__(self, kind: str, options: argparse.Namespace, environment: Mapping[str, str], db: psycopg.Connection) -> None:  # type: ignore[type-arg]
        self._kind, self._options, self._environment, self._db = kind, options, environment, db

    def through_actions(self) -> Result:
        prize = self._prize()
        people, start = self._options.people, time.time() + 4
        shares = [people * n // PROCESSES for n in range(PROCESSES + 1)]
        crowds = [
            ("press", self._kind, prize, str(first), str(last), str(THREADS), str(start)) for first, last in pairwise(shares)
        ]
        told = run_at_once("bench.crowd", crowds, environment=self._environment)
        return self._result("actions", prize, sum(one["won"] for one in told), max(one["seconds"] for one in told))

    def through_pgbench(self) -> Result:
        prize = self._prize()
        self._db.execute("ALTER SEQUENCE bench_buyer RESTART")
        each = self._options.people // CONNECTIONS
        script, url = Path(__file__).with_name(f"grab_{self._kind}.sql"), self._environment["DATABASE_URL"]
        rate = pgbench(
            script, url, "-t", str(each), "-D", f"prize={prize}", clients=CONNECTIONS, threads=PROCESSES, figure=TPS
        )  # fmt: skip
        return self._result("pgbench", prize, None, each * CONNECTIONS / rate, presses=each * CONNECTIONS)

    def over_http(self, port: int) -> Result:
        prize = self._prize()
        pressed = press(port, self._options.people, self._request(prize), connections=CONNECTIONS)
        return self._result("HTTP", prize, len(pressed.won), pressed.seconds, pressed=pressed)

    def with_a_kill(self, port: int, kill: Callable[[], None]) -> Result:
        """The server dies while they press. Afterwards those who won ask once more, and are told the same."""
        prize = self._prize()
        pressed = press(port, self._options.people, self._request(prize), connections=CONNECTIONS, halfway=kill)
        winners = sorted(pressed.won)
        request = self._request(prize)
        again = press(port, len(winners), lambda n: request(winners[n]), connections=CONNECTIONS)
        changed = sum(_told(again.won[n]) != _told(pressed.won[winner]) for n, winner in enumerate(winners) if n in again.won)
        changed += len(winners) - len(again.won)
        note, wrong = f"{pressed.repeated} repeated", f"{changed} were told otherwise afterwards" if changed else ""
        return self._result("HTTP, killed", prize, len(winners), pressed.seconds, pressed=pressed, note=note, wrong=wrong)

    def _prize(self) -> str:
        return run("bench.crowd", self._kind, str(self._options.prizes), environment=self._environment).strip()

    def _request(self, prize: str) -> Callable[[int], bytes]:
        path = ADDRESSES[self._kind].format(prize)

        def request(n: int) -> bytes:
            home = f"10.{n // 62_500 % 250}.{n // 250 % 250}.{1 + n % 250}"  # from an address of their own, as people do
            return (
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token(n)}\r\nX-Forwarded-For: {home}\r\n"
                "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
            ).encode()

        return request

    def _result(
        self, way: str, prize: str, told: int | None, seconds: float, *, presses: int = 0, pressed: Pressed | None = None,
        note: str = "", wrong: str = "",
    ) -> Result:  # fmt: skip
        table, subject, at = ROWS[self._kind]
        found = self._db.execute(FAIR.format(table=table, subject=subject, at=at), {"prize": prize}).fetchone()
        assert found
        won, people, most, winning, left = found
        expected = min(self._options.prizes, presses or self._options.people)
        if (won, people, left) != (expected, expected, self._options.prizes - expected) or most > PER_BUYER:
            wrong = f"{won} won by {people} people, {most} at most, {left} left"
        elif told is not None and told != won:
            wrong = wrong or f"{told} were told that they won, {won} did"
        latencies = tuple(pressed.latencies) if pressed else ()
        if pressed and set(pressed.statuses) - {201, 409}:
            wrong = wrong or f"answers {pressed.statuses}"
        return Result(way, won, presses or self._options.people, seconds, winning or 0.0, latencies, note, wrong)


def _told(body: bytes) -> str:
    """What a winner's answer says they have: whatever else it says of this moment."""
    said = json.loads(body)
    return str(said.get("id") or (said["deal"], said["pieces"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--prizes", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=KINDS, default="")
    parser.add_argument("--keep", type=Path, help="a folder for the market, to be used again")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="caravan-bench-")))
        made = stack.enter_context(market(folder.absolute(), 50, keep=options.keep is not None))
        environment = {**made, "CARAVAN_BEHIND_PROXY": "1"}
        run("bench.crowd", "people", str(options.people), environment=environment)
        db = stack.enter_context(psycopg.connect(environment["DATABASE_URL"], autocommit=True))
        kinds = [kind for kind in KINDS if options.only in kind]
        results = {kind: measured(Grab(kind, options, environment, db), environment, options) for kind in kinds}
    print(f"{options.people:,} people press once; {CONNECTIONS} connections each way")
    for kind, found in results.items():
        print(table(kind, options.prizes, found))
    return 1 if any(row.wrong for found in results.values() for row in found.rows) else 0


@dataclass(frozen=True, slots=True)
class Measured:
    """Each way's middle round by presses a second, an unfair one before any other; and the kill. `shares`: what the actions made
    of pgbench's presses a second and of its wins, in each round, whose ways follow one another at once."""

    rows: list[Result]
    shares: list[tuple[float, float]]


def measured(grab: Grab, environment: Mapping[str, str], options: argparse.Namespace) -> Measured:
    port, rounds = free_port(), []
    serve = ("caravan", "serve", "--port", str(port), "--workers", str(WORKERS))
    with serving(*serve, port=port, environment=environment):
        for _ in range(options.rounds):
            rounds.append((grab.through_actions(), grab.through_pgbench(), grab.over_http(port)))
    with mortal(*serve, port=port, environment=environment) as kill:
        killed = grab.with_a_kill(port, kill)
    shares = [(a.per_second / p.per_second, a.wins_per_second / p.wins_per_second) for a, p, _ in rounds]
    return Measured([*(_middle(way) for way in zip(*rounds, strict=True)), killed], shares)


def _middle(rounds: tuple[Result, ...]) -> Result:
    wrong = [one for one in rounds if one.wrong]
    return wrong[0] if wrong else sorted(rounds, key=lambda one: one.per_second)[len(rounds) // 2]


@contextmanager
def mortal(*command: str, port: int, environment: Mapping[str, str]) -> Iterator[Callable[[], None]]:
    """A server like `serving`'s, and how to kill it, with all its workers, and have another one in its place."""
    with ExitStack() as stack:
        first = stack.enter_context(serving(*command, port=port, environment=environment))

        def kill() -> None:
            os.killpg(first, signal.SIGKILL)
            stack.enter_context(serving(*command, port=port, environment=environment))

        yield kill


def table(kind: str, prizes: int, found: Measured) -> str:
    presses, wins = ([round[n] for round in found.shares] for n in (0, 1))
    share = statistics.median(presses)
    head = f"{prizes:,} {kind}".ljust(16) + f"{'won':>7}{'wins/s':>9}{'presses/s':>11}{'median ms':>11}{'p95 ms':>8}"
    lines = [head, *(_line(row) for row in found.rows)]
    met = "of" if share >= TARGET else "UNDER"
    lines.append(f"actions / pgbench {share:.2f} ({met} {TARGET:g}), while there are any {statistics.median(wins):.2f}")
    lines.append(f"each round: {', '.join(f'{one:.2f}' for one in presses)}")
    return "\n".join(lines)


def _line(row: Result) -> str:
    times = " " * 19
    if ordered := sorted(row.latencies):
        times = f"{statistics.median(ordered):11.1f}{ordered[len(ordered) * 95 // 100]:8.1f}"
    return f"{row.way:16}{row.won:7,}{row.wins_per_second:9,.0f}{row.per_second:11,.0f}{times}  {row.wrong or row.note}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
