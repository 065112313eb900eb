from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from psycopg.errors import UndefinedColumn

from caravan.kernel.ids import uuid7
from caravan.signals import actions
from caravan.signals.actions import record
from caravan.signals.models import Signal
from caravan.signals.rules import Sighting, is_person
from tests.factories import AT


def sighting(**fields: object) -> Sighting:
    return Sighting(**{"at": AT, "kind": "view", "visitor_id": uuid7(), "market": "BR", "language": "pt", **fields})


@pytest.mark.django_db
def test_what_was_written_is_what_was_seen():
    one = sighting(kind="search", query="tênis\x00 azul", results=12, source="google", category_path="shoes/trainers")
    assert actions.write([one]) == 1
    row = Signal.objects.get()
    assert (row.kind, row.query, row.results, row.visitor_id, row.at) == ("search", "tênis azul", 12, one.visitor_id, AT)
    assert row.changed > 0


@pytest.mark.django_db
def test_a_batch_that_could_not_be_written_waits_on(monkeypatch):
    monkeypatch.setattr(record, "_start_writer", lambda: None)
    record.note(sighting())
    with monkeypatch.context() as broken:
        broken.setattr(record, "COLUMNS", ("nonsense",))
        with pytest.raises(UndefinedColumn, match="nonsense"), transaction.atomic():
            record.flush()
    assert record.flush() == 1
    assert record.flush() == 0


CHILD = """
import os, sys, time, django
from multiprocessing import get_context
def serve(n):
    import django; django.setup()
    from caravan.kernel.clock import now
    from caravan.kernel.ids import uuid7
    from caravan.signals.actions import note
    from caravan.signals.rules import Sighting
    for _ in range(n):
        note(Sighting(at=now(), kind="view", visitor_id=uuid7(), market="RU", language="ru"))
    if "{mode}" == "kill":
        time.sleep(1.2); os.kill(os.getpid(), 9)
if __name__ == "__main__":
    p = get_context("spawn").Process(target=serve, args=(500,)); p.start(); p.join()
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["stop", "kill"])
def test_a_worker_that_stops_loses_nothing_and_a_killed_one_at_most_a_second(mode, tmp_path):
    script = tmp_path / "worker.py"
    script.write_text(CHILD.format(mode=mode))
    s = connection.settings_dict
    url = f"postgres://{s['USER']}@{quote(s['HOST'], safe='')}:{s['PORT']}/{s['NAME']}"
    subprocess.run(
        [sys.executable, str(script)], env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": os.getcwd()}, check=True, timeout=60
    )
    assert Signal.objects.count() == 500


def test_people_are_told_from_crawlers():
    assert is_person("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36")
    assert not is_person("Mozilla/5.0 (compatible; Googlebot/2.1)")
    assert not is_person("python-requests/2.32")
    assert not is_person("")
