from __future__ import annotations

import json

from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from caravan.kernel.clock import now
from caravan.kernel.events import Event, decode
from caravan.outbox.models import Delivery, StoredEvent
from caravan.outbox.registry import name_of, subscriber, subscribers_of

TASK = "outbox.deliver"


def record(*events: Event) -> None:
    """Store events and queue one delivery per subscriber, in the caller's transaction: all of it happens or none.

    Raises RuntimeError outside a transaction, where a crash could part an event from its cause.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() needs the transaction of the action that made the event true")
    StoredEvent.objects.bulk_create(
        StoredEvent(id=e.event_id, name=e.name, payload=json.loads(e.encode()), at=e.at) for e in events
    )
    jobs: list[dict[str, JSONValue]] = [
        {"event_id": str(e.event_id), "subscriber_name": name_of(hearer)} for e in events for hearer in subscribers_of(e)
    ]
    if jobs:
        app.configure_task(TASK).batch_defer(*jobs)


def deliver(*, event_id: str, subscriber_name: str) -> None:
    """Let one subscriber hear one event, once: its writes and the mark that it heard commit together."""
    stored = StoredEvent.objects.get(pk=event_id)
    hear = subscriber(subscriber_name)
    with transaction.atomic():
        if _first_time(stored, subscriber_name):
            hear(decode(stored.name, json.dumps(stored.payload)))


def _first_time(stored: StoredEvent, subscriber_name: str) -> bool:
    try:
        with transaction.atomic():
            Delivery.objects.create(event=stored, subscriber=subscriber_name, delivered_at=now())
    except IntegrityError:
        return False
    return True
