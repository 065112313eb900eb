from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from caravan.insight.actions.export import _url
from caravan.insight.queries import last_refresh
from caravan.kernel.errors import Conflict
from caravan.ledger.queries import check
from caravan.project.demo import journal
from caravan.project.demo.load import goods, is_loaded, load, open_world
from caravan.project.demo.sign_ins import read_sign_ins
from caravan.trade.queries.proof import check_funds
from tests.project.demo.crash_load import SCALE
from tests.project.demo.figures import ENDS_AT

# Other processes see only what is committed.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TABLES = (
    "catalog_category", "catalog_attribute", "catalog_picture", "catalog_product", "catalog_variant", "catalog_translation",
    "stores_store", "stores_membership", "people_user", "people_buyer", "trade_purchase", "trade_order", "trade_orderline",
    "trade_payment", "ledger_posting", "ledger_entry", "reputation_feedback", "reputation_storecredit", "signals_signal",
    "insight_ranking", "search_indexed",
)  # fmt: skip


@pytest.fixture
def var(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(goods, "PIXELS", 64)
    settings.VAR = tmp_path
    return tmp_path


def counts():
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES))
        return dict(zip(TABLES, cursor.fetchone(), strict=True))


def quiet(stage, done, total):
    assert 0 < done <= total, stage


def cut_off(var, stage, pieces):
    """A load in a process of its own that is killed there. Those that helped it, at work on the next pieces, end with it."""
    killed = subprocess.run(
        [sys.executable, "-m", "tests.project.demo.crash_load", stage, str(pieces)],
        cwd=Path(__file__).parents[3], env={**os.environ, "DATABASE_URL": _url(), "CARAVAN_VAR": str(var)},
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    helpers = [int(pid) for pid in killed.stdout.split()]
    assert helpers
    deadline = time.monotonic() + 20
    while any(map(_lives, helpers)):
        assert time.monotonic() < deadline, "those that helped a load outlive it"
        time.sleep(0.05)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_world_loads_once_however_often_it_is_cut_off(var):
    cut_off(var, "days", 40)
    cut_off(var, "standing", 1)
    assert not is_loaded()

    world = open_world(scale=SCALE, at=ENDS_AT.replace(year=2027))
    assert world.ends_at == ENDS_AT
    load(world, quiet)
    assert is_loaded()
    assert [*check(), *check_funds()] == []
    first = counts()
    told = list(world.days())
    assert first["trade_order"] == sum(len(day.orders) for day in told)
    assert first["signals_signal"] == sum(len(day.sightings) for day in told)
    assert first["reputation_feedback"] == sum(len(day.feedback) for day in told)
    assert first["catalog_product"] == world.sizes.products
    assert first["catalog_picture"] == len(world.pictures())
    assert last_refresh()[0] == ENDS_AT

    journal.write(journal.Journal(world.seed, world.scale, world.ends_at))
    load(world, quiet)  # every stage once more
    assert counts() == first

    people = read_sign_ins()
    assert len({person.password for person in people}) == 1
    assert {person.role.split()[0] for person in people} == {"operator", "owner", "staff", "buyer"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trade_order o JOIN people_buyer b ON b.id = o.buyer_id WHERE b.user_id IS NOT NULL")
        assert cursor.fetchone()[0] > 0

    with pytest.raises(Conflict, match="of scale 0"):
        open_world(scale=1, at=ENDS_AT)
    journal.path().unlink()
    with pytest.raises(Conflict, match="gone"):
        open_world(scale=SCALE, at=ENDS_AT)
