"""A whole market as `bin/demo` starts it, whose parts are killed one by one: it comes back, and stopped it leaves nothing."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.killed import drill
from tests.project.demo_market import DemoMarket

pytestmark = pytest.mark.xdist_group("killed market")  # one is enough for all of them


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoMarket]:
    if not Path("/proc/self/environ").exists():
        pytest.skip("finds the market's processes in /proc, which this system does not have")
    market = DemoMarket(tmp_path_factory.mktemp("market"))
    yield market
    if market.process.poll() is None:
        market.stop()


@pytest.mark.parametrize("part", ["serve", "worker", "indexer", "postmaster"])
def test_a_part_of_the_market_that_is_killed_comes_back(market: DemoMarket, part: str):
    market.kill(part)
    market.wait(lambda: market.answers("/en-us/rankings/") and market.answers("/api/v1/products"))


def test_orders_placed_while_web_server_and_worker_are_killed_are_wholly_there_or_not_at_all(market: DemoMarket, capfd):
    wanted = Namespace(orders=120, at_once=12, every=2.5, seed=7)
    assert drill(market, wanted) == 0, capfd.readouterr().out
    told = capfd.readouterr().out
    assert re.search(r"^120 orders paid in \d+ s with [1-9]", told), told
    assert "The ledger adds up" in told


def test_stopped_it_leaves_no_process_and_it_opens_again_with_what_it_had(market: DemoMarket):
    before = (market.var / "said").read_text().partition("Made in")[2]
    assert before
    assert market.stop() == 0
    assert market.pids("") == market.postmaster() == []
    market.start()
    assert b"Made in" not in (market.var / "said").read_bytes()
    assert market.answers("/en-us/rankings/")
