from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import msgspec
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction

from caravan.kernel.clock import now
from caravan.kernel.events import Event, decode
from caravan.outbox.models import Delivery, StoredEvent
from caravan.outbox.registry import name_of, subscriber, subscribers_of

log = logging.getLogger(__name__)
TASK, QUEUE = "outbox.deliver", "events"

# One statement for both, as every order makes events. The function is Procrastinate's own, by which its client defers jobs, too.
_RECORD = """
WITH stored AS (
    INSERT INTO outbox_storedevent (id, name, payload, at)
    SELECT id, name, payload, at FROM json_to_recordset(%s::json) AS e (id uuid, name text, payload jsonb, at timestamptz)
)
SELECT procrastinate_defer_jobs_v1(
    array_agg(ROW(%s, %s, 0, NULL, NULL, delivery, NULL)::procrastinate_job_to_defer_v1)
) FROM jsonb_array_elements(%s::jsonb) delivery
"""


def record(*events: Event) -> None:
    """Store events and queue one delivery per subscriber, in the caller's transaction: all of it happens or none.

    Raises RuntimeError outside a transaction, where a crash could part an event from its cause.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() needs the transaction of the action that made the event true")
    stored = [{"id": e.event_id, "name": e.name, "payload": msgspec.Raw(e.encode()), "at": e.at} for e in events]
    due = [{"event_id": e.event_id, "subscriber_name": name_of(hearer)} for e in events for hearer in subscribers_of(e)]
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, [_json(stored), QUEUE, TASK, _json(due)])


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


def _json(rows: list[dict[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()


def each_apart(*, ids: Iterable[UUID], move: Callable[[UUID], bool], what: str) -> int:
    """Move many whose time has come, each in a transaction of its own that `move` opens: one that cannot be moved stops none
    behind it, and is logged under the name `what`. Returns how many moved.

    Raises OperationalError and InterfaceError: without a database there is no next one, and who was in another's way comes later.
    """
    return sum(_moved(id, move, what) for id in ids)


def _moved(id: UUID, move: Callable[[UUID], bool], what: str) -> bool:
    try:
        return move(id)
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        log.exception("%s %s: its time came, and it could not be moved", what, id)
        return False
