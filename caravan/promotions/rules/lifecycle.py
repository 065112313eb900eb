"""Where a promotion stands: what its owner decided, seen by the clock."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    LIVE = "live"
    PAUSED = "paused"
    STOPPED = "stopped"
    ENDED = "ended"


def status(state: str, since: datetime, until: datetime, at: datetime) -> Status:
    """`state` is "draft", "on", "paused" or "stopped". A stopped one stays stopped; any other is over when its time is."""
    if state == "stopped":
        return Status.STOPPED
    if at >= until:
        return Status.ENDED
    if state == "on":
        return Status.LIVE if at >= since else Status.SCHEDULED
    return Status(state)


# What its owner may do with it, by where it stands.
MAY = {
    Status.DRAFT: frozenset({"edit", "start", "delete", "copy"}),
    Status.SCHEDULED: frozenset({"edit", "pause", "stop", "copy"}),
    Status.LIVE: frozenset({"pause", "stop", "copy"}),  # prices and terms are locked while it runs
    Status.PAUSED: frozenset({"resume", "stop", "copy"}),
    Status.STOPPED: frozenset({"copy"}),
    Status.ENDED: frozenset({"copy"}),
}
