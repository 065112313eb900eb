"""The ten hottest products and best stores of both real data sets, beside an independent SQL over the files themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from caravan.insight.actions import refresh
from caravan.insight.queries import ranking
from caravan.insight.rules import Period
from caravan.kernel.copying import record_id
from caravan.project.records.loading import load_olist, load_online_retail
from caravan.reputation.actions import refresh_all
from tests.factories import AT
from tests.project.records import real

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not (real.DATA / "olist").exists() or not (real.DATA / "online_retail").exists(),
        reason="needs ../shared/data, which is not part of this repository",
    ),
]
PERIODS = {Period.DAY: (1, 7), Period.WEEK: (7, 30), Period.MONTH: (30, 90)}
TOP = 10


@pytest.fixture(autouse=True)
def lake(settings, tmp_path):
    settings.LAKE_ROOT = tmp_path


def agree(con: object, kind: str, subject: str, until: datetime, id_of: Callable[[str], UUID]) -> None:
    """Each of our first ten has the buyers and the score the SQL gives it, and nothing better was left out."""
    for period, (short, long) in PERIODS.items():
        expected = real.hot(con, subject, until.isoformat(), short, long)
        known = {id_of(name): (buyers, score) for name, buyers, score in expected}
        page = ranking(kind, period=period, limit=TOP)
        assert len(page.places) == min(TOP, len(expected)), period
        for place, (_, _, score) in zip(page.places, expected, strict=False):
            buyers, own = known[place.subject_id]
            assert (place.figures.buyers, place.score) == (buyers, pytest.approx(own, abs=2e-6)), (period, place.rank)
            assert place.score == pytest.approx(score, abs=2e-6), (period, place.rank)


def test_olist() -> None:
    """A month of 14,510 orders, 1,842 stores: as of the end of the data's last day."""
    until = datetime(2018, 8, 30, tzinfo=UTC)
    tallies, _ = load_olist(real.DATA / "olist", at=AT, progress=lambda *_: None)
    assert all(tally.balanced for tally in tallies)
    refresh_all(at=until)
    refresh(as_of=until, at=AT)
    con = real.olist()
    agree(con, "products", "product", until, lambda name: record_id("olist", "product", *name.split("/")))
    agree(con, "stores", "store", until, lambda name: record_id("olist", "store", name))


def test_online_retail() -> None:
    """541,909 lines of one store, cancellations among them."""
    until = datetime(2011, 12, 10, tzinfo=UTC)
    file = real.DATA / "online_retail" / "online_retail.csv.gz"
    [tally], _ = load_online_retail(file, at=AT, progress=lambda *_: None)
    assert (tally.balanced, tally.read.rows, str(tally.read.money)) == (True, 541_909, "9747747.934")
    refresh(as_of=until, at=AT)
    con = real.online_retail()
    agree(con, "products", "product", until, lambda code: record_id("online-retail", "product", code))
    agree(con, "stores", "store", until, lambda _: record_id("online-retail", "store"))
