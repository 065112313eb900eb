"""Endpoints and their log, as members of the store see them. Fetching is authorising: what is not theirs is not found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from caravan.hooks.models import Attempt, Delivery, Endpoint
from caravan.kernel.errors import NotFound
from caravan.stores.queries import store_for_member
from caravan.stores.queries.members import Role


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """`pause_reason`: empty, by_store, gone (it answered 410), failing (nothing got through)."""

    id: UUID
    url: str
    topics: tuple[str, ...]
    secret: str
    created_at: datetime
    paused_at: datetime | None
    pause_reason: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """`state`: waiting, delivered, given_up."""

    id: UUID
    endpoint_id: UUID
    url: str
    event_id: UUID
    topic: str
    body: str
    state: str
    attempts: int
    next_at: datetime | None
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """`status` None: there was no answer, and `text` says why."""

    at: datetime
    status: int | None
    text: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """Newest first. `next_cursor` fetches what follows, None at the end."""

    deliveries: tuple[DeliveryRow, ...]
    next_cursor: str | None


def endpoints_of(*, user_id: UUID, slug: str) -> tuple[EndpointRow, ...]:
    """The store's endpoints, oldest first."""
    store = store_for_member(user_id=user_id, slug=slug)
    return tuple(_endpoint(one) for one in Endpoint.objects.filter(store_id=store.id).order_by("id"))


def endpoint_of(*, user_id: UUID, slug: str, endpoint_id: UUID, role: Role | None = None) -> EndpointRow:
    """Raises NotFound for another store's, Forbidden to staff where `role` is "owner"."""
    store = store_for_member(user_id=user_id, slug=slug, role=role)
    found = Endpoint.objects.filter(store_id=store.id, pk=endpoint_id).first()
    if found is None:
        raise NotFound("webhook.unknown", _("This store has no such address."))
    return _endpoint(found)


def deliveries_of(*, user_id: UUID, slug: str, state: str = "", cursor: str = "", limit: int = 25) -> DeliveryPage:
    """The log of a store, all endpoints together. `state`: one of DeliveryRow's, or all. A wrong cursor means the start."""
    store = store_for_member(user_id=user_id, slug=slug)
    found = Delivery.objects.filter(endpoint__store_id=store.id).select_related("endpoint")
    if state in Delivery.State.values:
        found = found.filter(state=state)
    if last := _uuid(cursor):
        found = found.filter(Q(pk__lt=last))
    rows = [_delivery(one) for one in found.order_by("-id")[: limit + 1]]
    return DeliveryPage(tuple(rows[:limit]), str(rows[limit - 1].id) if len(rows) > limit else None)


def delivery_of(*, user_id: UUID, slug: str, delivery_id: UUID) -> DeliveryRow:
    """Raises NotFound for another store's."""
    store = store_for_member(user_id=user_id, slug=slug)
    found = Delivery.objects.filter(endpoint__store_id=store.id, pk=delivery_id).select_related("endpoint").first()
    if found is None:
        raise NotFound("webhook.delivery", _("There is no such entry in this store's log."))
    return _delivery(found)


def attempts_of(delivery_id: UUID) -> tuple[AttemptRow, ...]:
    """The newest fifty, newest first."""
    found = Attempt.objects.filter(delivery_id=delivery_id).order_by("-at", "-id")[:50]
    return tuple(AttemptRow(one.at, one.status, one.text, one.milliseconds) for one in found)


def _endpoint(one: Endpoint) -> EndpointRow:
    return EndpointRow(one.pk, one.url, tuple(one.topics), one.secret, one.created_at, one.paused_at, one.pause_reason)


def _delivery(one: Delivery) -> DeliveryRow:
    return DeliveryRow(
        one.pk, one.endpoint_id, one.endpoint.url, one.event_id, one.topic, one.body, one.state, one.attempts, one.next_at,
        one.created_at, one.ended_at,
    )  # fmt: skip


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
