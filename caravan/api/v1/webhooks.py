"""A store's webhooks and their log, for its members' tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from caravan.api.endpoint import Call, Nothing, Page, Shape, endpoint
from caravan.api.v1.shapes import page_of
from caravan.hooks.actions import deliveries, endpoints
from caravan.hooks.queries import (
    AttemptRow,
    DeliveryRow,
    EndpointRow,
    attempts_of,
    deliveries_of,
    delivery_of,
    endpoint_of,
    endpoints_of,
)


class WebhookShape(Shape, frozen=True):
    """`paused`: empty, by_store, gone (it answered 410) or failing (nothing got through). `name` is the address; `secret` is told
    once, when it is added (the owner finds it in the seller centre)."""

    id: UUID
    name: str
    topics: list[str]
    secret: str
    paused: str
    created_at: datetime


class NewWebhook(Shape, frozen=True):
    """`topics` as in docs/webhooks.md, e.g. ["order_paid", "refund_paid"]."""

    url: str
    topics: list[str]


class WebhookChange(Shape, frozen=True):
    topics: list[str]
    paused: bool = False


class AttemptShape(Shape, frozen=True):
    """`status` null: no answer came, and `text` says why."""

    at: datetime
    status: int | None
    text: str
    milliseconds: int


class DeliveryShape(Shape, frozen=True):
    """`state`: waiting, delivered, given_up; `name` is the topic, `body` what is sent; `attempts` newest first, of one."""

    id: UUID
    name: str
    webhook: UUID
    event: UUID
    state: str
    tried: int
    next_at: datetime | None
    created_at: datetime
    body: str
    attempts: list[AttemptShape]


class LogQuery(Shape, frozen=True):
    state: Literal["", "waiting", "delivered", "given_up"] = ""
    limit: int = 25
    cursor: str = ""


@endpoint("GET", "stores/{slug}/webhooks", answer=Page[WebhookShape], auth="required")
def list_webhooks(call: Call[Nothing, None], slug: str) -> Page[WebhookShape]:
    """As a member of the store: the addresses that are told what happens"""
    return Page(items=[_webhook(one) for one in endpoints_of(user_id=call.user_id, slug=slug)])


@endpoint("POST", "stores/{slug}/webhooks", answer=WebhookShape, body=NewWebhook, auth="required", status=201)
def add_webhook(call: Call[Nothing, NewWebhook], slug: str) -> WebhookShape:
    """As the store's owner: tell one more address"""
    made = endpoints.add_endpoint(user_id=call.user_id, slug=slug, url=call.body.url, topics=call.body.topics, at=call.at)
    found = endpoint_of(user_id=call.user_id, slug=slug, endpoint_id=made)
    return _webhook(found, found.secret)


@endpoint("PATCH", "stores/{slug}/webhooks/{webhook_id}", answer=WebhookShape, body=WebhookChange, auth="required")
def change_webhook(call: Call[Nothing, WebhookChange], slug: str, webhook_id: UUID) -> WebhookShape:
    """As the store's owner: let it hear of other things, pause or wake it"""
    endpoints.change_endpoint(
        user_id=call.user_id, slug=slug, endpoint_id=webhook_id, topics=call.body.topics, paused=call.body.paused, at=call.at
    )
    return _webhook(endpoint_of(user_id=call.user_id, slug=slug, endpoint_id=webhook_id))


@endpoint("DELETE", "stores/{slug}/webhooks/{webhook_id}", answer=None, auth="required", status=204)
def remove_webhook(call: Call[Nothing, None], slug: str, webhook_id: UUID) -> None:
    """As the store's owner: tell this address nothing more, and delete its log"""
    endpoints.remove_endpoint(user_id=call.user_id, slug=slug, endpoint_id=webhook_id)


@endpoint("POST", "stores/{slug}/webhooks/{webhook_id}/ping", answer=DeliveryShape, auth="required", status=201)
def ping_webhook(call: Call[Nothing, None], slug: str, webhook_id: UUID) -> DeliveryShape:
    """As a member of the store: send something to try the address with"""
    sent = deliveries.ping(user_id=call.user_id, slug=slug, endpoint_id=webhook_id, at=call.at)
    return _delivery(delivery_of(user_id=call.user_id, slug=slug, delivery_id=sent))


@endpoint("GET", "stores/{slug}/deliveries", answer=Page[DeliveryShape], query=LogQuery, auth="required")
def list_deliveries(call: Call[LogQuery, None], slug: str) -> Page[DeliveryShape]:
    """As a member of the store: what was sent in the last thirty days, newest first"""
    q = call.query
    page = deliveries_of(user_id=call.user_id, slug=slug, state=q.state, cursor=q.cursor, limit=page_of(q.limit))
    return Page(items=[_delivery(one) for one in page.deliveries], next=page.next_cursor)


@endpoint("GET", "stores/{slug}/deliveries/{delivery_id}", answer=DeliveryShape, auth="required")
def get_delivery(call: Call[Nothing, None], slug: str, delivery_id: UUID) -> DeliveryShape:
    """As a member of the store: one delivery, with its attempts"""
    return _delivery(delivery_of(user_id=call.user_id, slug=slug, delivery_id=delivery_id), attempts_of(delivery_id))


@endpoint("POST", "stores/{slug}/deliveries/{delivery_id}/resend", answer=DeliveryShape, auth="required", status=201)
def resend_delivery(call: Call[Nothing, None], slug: str, delivery_id: UUID) -> DeliveryShape:
    """As a member of the store: send it again, whatever became of it"""
    deliveries.resend(user_id=call.user_id, slug=slug, delivery_id=delivery_id, at=call.at)
    return _delivery(delivery_of(user_id=call.user_id, slug=slug, delivery_id=delivery_id), attempts_of(delivery_id))


def _webhook(one: EndpointRow, secret: str = "") -> WebhookShape:
    return WebhookShape(
        id=one.id, name=one.url, topics=list(one.topics), secret=secret, paused=one.pause_reason, created_at=one.created_at
    )


def _delivery(one: DeliveryRow, attempts: tuple[AttemptRow, ...] = ()) -> DeliveryShape:
    return DeliveryShape(
        id=one.id, name=one.topic, webhook=one.endpoint_id, event=one.event_id, state=one.state, tried=one.attempts,
        next_at=one.next_at, created_at=one.created_at, body=one.body,
        attempts=[AttemptShape(at=a.at, status=a.status, text=a.text, milliseconds=a.milliseconds) for a in attempts],
    )  # fmt: skip
