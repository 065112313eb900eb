"""A worker that is killed in the middle of a delivery: the event is heard all the same, and once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from caravan.outbox.actions import record
from caravan.outbox.models import Delivery
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_killed_worker_held_is_delivered_by_the_next(database_url: str):
    from caravan.people.events import EmailConfirmed

    user = factories.user()
    with transaction.atomic():
        event = EmailConfirmed(at=AT, user_id=user.pk, email="late@example.com")
        record(event)
    job = ProcrastinateJob.objects.get(task_name="outbox.deliver", args__event_id=str(event.event_id))
    with psycopg.connect(database_url) as holding:
        # Whoever else marks this delivery waits for us: the worker stands in the middle of its work.
        holding.execute(
            "INSERT INTO outbox_delivery (event_id, subscriber, delivered_at) VALUES (%s, %s, now())",
            [event.event_id, job.args["subscriber_name"]],
        )
        killed = _worker(database_url)
        _until(lambda: ProcrastinateJob.objects.get(pk=job.pk).status == "doing")
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        holding.rollback()
    assert not Delivery.objects.filter(event_id=event.event_id).exists()
    with connection.cursor() as cursor:  # half a minute without a heartbeat, at once
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    next_one = _worker(database_url)
    try:
        _until(lambda: ProcrastinateJob.objects.get(pk=job.pk).status == "succeeded")
    finally:
        next_one.send_signal(signal.SIGINT)
        next_one.wait(30)
    assert Delivery.objects.filter(event_id=event.event_id).count() == 1


@pytest.fixture
def database_url() -> str:
    """Where another process finds the database of this test."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def _worker(database_url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen((sys.executable, "-m", "caravan", "worker"), env={**os.environ, "DATABASE_URL": database_url})


def _until(true) -> None:
    deadline = time.monotonic() + 120
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
