"""From an event to a request that was taken: a delivery per endpoint that wants it, tried until it is accepted or given up.

A request may arrive twice (a worker killed between the answer and its note of it); its `id` is the same then.
"""

from __future__ import annotations

import http.client
import json
import time
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from caravan.hooks.models import Attempt, Delivery, Endpoint
from caravan.hooks.queries import delivery_of, endpoint_of
from caravan.hooks.rules import EXCERPT, KEPT_FOR, PING, Answer, body, next_attempt, topic_of
from caravan.kernel.events import Event
from caravan.kernel.ids import uuid7
from caravan.kernel.outward import Address, PrivateAddress, connected, is_public
from caravan.stores.queries import stores_by_ids
from caravan.trade.payments import signature
from caravan.trade.queries.orders import order_by_id

TASK = "hooks.send"
TOGETHER = 15.0  # seconds for one attempt
AT_ONCE = 500


def announce(event: Event, *, store_id: UUID) -> int:
    """Put a delivery on its way to each endpoint of the store that wants this event; returns how many. Repeating adds none."""
    topic = topic_of(event.name)
    wanting = list(Endpoint.objects.filter(store_id=store_id, paused_at__isnull=True, topics__contains=[topic]).order_by("id"))
    if not wanting:
        return 0
    data = json.loads(event.encode())
    del data["event_id"], data["at"]
    if order_id := data.get("order_id"):
        data["order"] = order_by_id(UUID(order_id)).number
    slug = stores_by_ids([store_id])[store_id].slug
    text = body(id=str(event.event_id), topic=topic, at=event.at, store=slug, data=data).decode()
    return sum(_put(endpoint, event.event_id, topic, text, event.at) for endpoint in wanting)


def ping(*, user_id: UUID, slug: str, endpoint_id: UUID, at: datetime) -> UUID:
    """Send the endpoint something to try it with; returns the delivery."""
    endpoint_of(user_id=user_id, slug=slug, endpoint_id=endpoint_id)
    event_id = uuid7()
    with transaction.atomic():
        text = body(id=str(event_id), topic=PING, at=at, store=slug, data={}).decode()
        _put(Endpoint.objects.get(pk=endpoint_id), event_id, PING, text, at)
    return Delivery.objects.values_list("id", flat=True).get(event_id=event_id)


def resend(*, user_id: UUID, slug: str, delivery_id: UUID, at: datetime) -> None:
    """Try it once more from the start, whatever became of it. While it waits, nothing happens twice."""
    found = delivery_of(user_id=user_id, slug=slug, delivery_id=delivery_id)
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update(no_key=True).get(pk=found.id)
        if delivery.state != Delivery.State.WAITING:
            delivery.state, delivery.attempts, delivery.next_at, delivery.ended_at = Delivery.State.WAITING, 0, at, None
            delivery.save(update_fields=["state", "attempts", "next_at", "ended_at"])
            _defer(delivery.pk, 0, at)


def send(*, delivery_id: UUID, attempt: int, at: datetime) -> None:
    """Make the attempt of this number, once it is due; an older number, or one of a delivery that ended, is nothing to do."""
    delivery = Delivery.objects.select_related("endpoint").filter(pk=delivery_id).first()
    if delivery is None or delivery.state != Delivery.State.WAITING or delivery.attempts != attempt:
        return
    if delivery.endpoint.paused_at is not None and delivery.topic != PING:
        return
    began = time.monotonic()
    answer = _post(delivery.endpoint, delivery.body.encode(), at)
    _note(delivery, answer, round(1000 * (time.monotonic() - began)), at)


def forget_old(*, at: datetime) -> int:
    """Drop what is older than the log is kept. Returns how many deliveries."""
    gone = 0
    while some := list(Delivery.objects.filter(created_at__lt=at - KEPT_FOR).values_list("id", flat=True)[:AT_ONCE]):
        gone += Delivery.objects.filter(pk__in=some).delete()[1].get("hooks.Delivery", 0)
    return gone


def _put(endpoint: Endpoint, event_id: UUID, topic: str, text: str, at: datetime) -> bool:
    delivery, is_new = Delivery.objects.get_or_create(
        endpoint=endpoint, event_id=event_id, defaults={"topic": topic, "body": text, "next_at": at, "created_at": at}
    )
    if is_new:
        _defer(delivery.pk, 0, at)
    return is_new


def defer_waiting(*, endpoint_id: UUID, at: datetime) -> None:
    """What waits for an endpoint is tried from now on: it was paused, and is awake again."""
    for delivery in Delivery.objects.filter(endpoint_id=endpoint_id, state=Delivery.State.WAITING).order_by("id")[:AT_ONCE]:
        _defer(delivery.pk, delivery.attempts, at)


def _post(endpoint: Endpoint, content: bytes, at: datetime) -> Answer:
    """Ask once. Redirections are not followed: what was signed is for this address."""
    parts = urlsplit(endpoint.url)
    secure = parts.scheme == "https"
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Caravan webhooks",
        signature.HEADER: signature.sign(endpoint.secret.encode(), content, at),
    }
    try:
        port, deadline = parts.port or (443 if secure else 80), time.monotonic() + TOGETHER
        with connected(parts.hostname or "", port, secure=secure, deadline=deadline, allowed=_allowed) as connection:
            connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), content, headers)
            response = connection.getresponse()
            return Answer(response.status, _printable(response.read(4 * EXCERPT)))
    except PrivateAddress:
        return Answer(None, "not an address of the open internet")
    except (OSError, http.client.HTTPException, ValueError) as e:
        return Answer(None, f"{type(e).__name__}: {e}"[:EXCERPT])


def _allowed(address: Address) -> bool:
    """Outside a real market a seller's system may stand on the same machine."""
    return is_public(address) or not settings.PRODUCTION


def _printable(raw: bytes) -> str:
    return "".join(c if c.isprintable() else " " for c in raw.decode("utf-8", "replace"))[:EXCERPT].strip()


def _note(delivery: Delivery, answer: Answer, milliseconds: int, at: datetime) -> None:
    with transaction.atomic():
        held = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
        Attempt.objects.create(delivery=held, at=at, status=answer.status, text=answer.text, milliseconds=milliseconds)
        if held.attempts != delivery.attempts or held.state != Delivery.State.WAITING:
            return  # another worker made the same attempt
        held.attempts += 1
        held.next_at = None if answer.accepted or answer.gone else next_attempt(held.attempts, at)
        if held.next_at is None:
            held.state = Delivery.State.DELIVERED if answer.accepted else Delivery.State.GIVEN_UP
            held.ended_at = at
        held.save(update_fields=["attempts", "next_at", "state", "ended_at"])
        if held.next_at is not None:
            _defer(held.pk, held.attempts, held.next_at)
        elif not answer.accepted and held.topic != PING:
            _pause_if_dead(held, answer, at)


def _pause_if_dead(delivery: Delivery, answer: Answer, at: datetime) -> None:
    """An endpoint that says it is gone, or took nothing at all while one delivery was tried to the end, is asked no more."""
    taken = Delivery.objects.filter(
        endpoint_id=delivery.endpoint_id, ended_at__gte=delivery.created_at, state="delivered"
    ).exists()
    if answer.gone or not taken:
        why = "gone" if answer.gone else "failing"
        Endpoint.objects.filter(pk=delivery.endpoint_id, paused_at__isnull=True).update(paused_at=at, pause_reason=why)


def _defer(delivery_id: UUID, attempt: int, at: datetime) -> None:
    app.configure_task(TASK, queue="hooks", schedule_at=at).defer(delivery_id=str(delivery_id), attempt=attempt)
