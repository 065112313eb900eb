from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from caravan.kernel.events import Event
from caravan.kernel.ids import uuid7
from caravan.outbox import actions, registry
from caravan.outbox.models import Delivery, StoredEvent
from tests.factories import AT

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class BellRang(Event, name="test.bell_rang"):
    tower_id: UUID


heard: list[BellRang] = []


def listener(event: BellRang) -> None:
    heard.append(event)


def other_listener(event: BellRang) -> None:
    heard.append(event)


def deaf_listener(event: BellRang) -> None:
    Delivery.objects.filter(event_id=event.event_id).delete()
    raise RuntimeError("not today")


@pytest.fixture(autouse=True)
def wired():
    before = dict(registry._by_event)
    heard.clear()
    registry.wire({BellRang: [listener, other_listener, deaf_listener]})
    yield
    registry.wire(before)


def jobs() -> list[dict[str, str]]:
    return list(ProcrastinateJob.objects.filter(task_name=actions.TASK).values_list("args", flat=True))


def test_each_subscriber_gets_a_delivery_of_its_own():
    event = BellRang(at=AT, tower_id=uuid7())
    with transaction.atomic():
        actions.record(event)
    assert {j["subscriber_name"].split(".")[-1] for j in jobs()} == {"listener", "other_listener", "deaf_listener"}
    actions.deliver(**jobs()[0])
    assert heard == [event]


def test_an_event_of_an_action_that_failed_never_happened():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.record(BellRang(at=AT, tower_id=uuid7()))
        raise ZeroDivisionError
    assert not jobs()
    assert not StoredEvent.objects.exists()


def test_a_delivery_repeated_is_heard_once():
    with transaction.atomic():
        actions.record(BellRang(at=AT, tower_id=uuid7()))
    for _ in range(3):
        actions.deliver(**jobs()[0])
    assert len(heard) == 1


def test_a_subscriber_that_fails_leaves_no_trace_and_hears_it_again():
    with transaction.atomic():
        actions.record(BellRang(at=AT, tower_id=uuid7()))
    deaf = next(j for j in jobs() if j["subscriber_name"].endswith("deaf_listener"))
    with pytest.raises(RuntimeError):
        actions.deliver(**deaf)
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        actions.record(BellRang(at=AT, tower_id=uuid7()))
