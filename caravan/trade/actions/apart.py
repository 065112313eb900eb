"""Many are moved when their time has come, each in a transaction of its own: one that cannot be moved stops none behind it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import InterfaceError, OperationalError

log = logging.getLogger(__name__)


def each_apart(*, ids: Iterable[UUID], move: Callable[[UUID], bool], what: str) -> int:
    """How many `move` says it moved. Why one could not be is logged, under the name `what`.

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
