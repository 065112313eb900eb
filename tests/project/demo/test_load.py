from __future__ import annotations

import json

import pytest
from django.db import connection

from caravan.kernel.errors import Conflict
from caravan.ledger.queries import check
from caravan.project.demo import gallery, journal
from caravan.project.demo.load import is_loaded, load, open_world
from caravan.project.demo.sign_ins import read_sign_ins
from caravan.trade.queries.proof import check_funds
from tests.project.demo.figures import ENDS_AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCALE = 0.02
TABLES = (
    "catalog_category", "catalog_attribute", "catalog_picture", "catalog_product", "catalog_variant", "catalog_translation",
    "stores_store", "stores_membership", "people_user", "people_buyer", "trade_purchase", "trade_order", "trade_orderline",
    "trade_payment", "ledger_posting", "ledger_entry", "reputation_feedback", "reputation_storecredit", "signals_signal",
)  # fmt: skip


@pytest.fixture
def var(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(gallery, "PIXELS", 64)
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


def counts():
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES))
        return dict(zip(TABLES, cursor.fetchone(), strict=True))


def quiet(stage, done, total):
    assert 0 <= done <= total, stage


class Killed(BaseException):
    pass


def test_a_world_loads_once_however_often_it_is_cut_off(var):
    def kill(stage, done, total):
        if stage == "days" and done == 40:
            raise Killed

    with pytest.raises(Killed):
        load(open_world(scale=SCALE, at=ENDS_AT), kill)
    # As if the kill had come before the journal heard of the last day.
    told = json.loads(journal.path().read_text())
    journal.path().write_text(json.dumps({**told, "days": told["days"] - 1}))
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

    journal.write(
        journal.Journal(world.seed, world.scale, world.ends_at, pictures=journal.read().pictures, days=world.calendar_days)
    )
    load(world, quiet)  # every stage but the days, which only the journal knows, once more
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
