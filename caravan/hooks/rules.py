"""What can be told, in which words, and how often it is tried. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec

MOST_ENDPOINTS = 10  # of one store
KEPT_FOR = timedelta(days=30)  # a delivery and its attempts in the log
EXCERPT = 500  # characters kept of an answer

# After so long the next attempt: eight in all, over about a day and a half.
WAITS = tuple(
    timedelta(seconds=s) for s in (30, 120, 600, 3_600, 4 * 3_600, 12 * 3_600, 24 * 3_600)
)  # fmt: skip

# What a store may ask to hear of, by the name it has in the request; each is the event `trade.<name>` of docs/events.md.
TOPICS = (
    "order_paid", "order_shipped", "order_received", "order_completed", "order_closed", "cancel_asked", "cancel_answered",
    "address_changed", "parcel_shipped", "parcel_delivered", "refund_decided", "refund_paid", "funds_released", "dispute_opened",
    "dispute_answered", "dispute_settled", "payout_sent", "payout_failed",
)  # fmt: skip
PING = "ping"  # what a store sends itself to try an address


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one attempt. `status` is of HTTP, None where no answer came; `text` is what was said, or what went wrong."""

    status: int | None
    text: str

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """410: the other side wants no more of it."""
        return self.status == 410


def next_attempt(attempts: int, at: datetime) -> datetime | None:
    """When to try again after so many attempts, the last one at `at`; None when it is given up."""
    return at + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def topic_of(event_name: str) -> str:
    """`order_paid` of `trade.order_paid`."""
    return event_name.partition(".")[2]


def body(*, id: str, topic: str, at: datetime, store: str, data: dict[str, Any]) -> bytes:
    """What is sent, as JSON: `id` of the event, the same in every attempt, `type`, `at`, `store` and the event's own `data`."""
    return msgspec.json.encode({"id": id, "type": topic, "at": at, "store": store, "data": data})


def wrong_with(url: str, topics: Sequence[str], *, insecure: bool) -> dict[str, str]:
    """Codes by field: "scheme", "address", "long", "none", "unknown". `insecure` allows http, for trying things out."""
    wrong = {}
    try:
        parts = urlsplit(url)
        good = bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        good, parts = False, urlsplit("")
    if parts.scheme not in (("https", "http") if insecure else ("https",)):
        wrong["url"] = "scheme"
    elif not good or any(c.isspace() or not c.isprintable() for c in url):
        wrong["url"] = "address"
    elif len(url) > 500:
        wrong["url"] = "long"
    if not topics:
        wrong["topics"] = "none"
    elif set(topics) - set(TOPICS):
        wrong["topics"] = "unknown"
    return wrong
