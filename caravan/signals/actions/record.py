"""Recording without slowing the page: a request appends to a list, a thread of the process writes what has gathered by COPY.

At most `INTERVAL` seconds of signals are in memory, which is what a kill -9 loses; a clean stop writes them first.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from multiprocessing.util import Finalize

from django.db import connection

from caravan.signals.rules import Sighting

INTERVAL = 0.5
MOST_WAITING = 50_000  # with the database away for long, the newest are dropped, loudly, before memory runs out

COLUMNS = (
    "at", "kind", "visitor_id", "user_id", "market", "language", "source", "product_id", "store_id", "category_path",
    "query", "results", "position", "changed",
)  # fmt: skip

log = logging.getLogger(__name__)
_waiting: list[Sighting] = []
_lock = threading.Lock()
_writing = threading.Lock()
_thread: threading.Thread | None = None


def note(sighting: Sighting) -> None:
    """Remember one signal; it is in the database within a second. Never blocks on the database, never raises."""
    with _lock:
        if len(_waiting) >= MOST_WAITING:
            log.error("signals: %d waiting for a database that does not answer; one dropped", MOST_WAITING)
            return
        _waiting.append(sighting)
    _start_writer()


def flush() -> int:
    """Write what waits, now. Returns how many were written; what could not be written waits on."""
    with _writing:
        with _lock:
            batch = _waiting[:]
            _waiting.clear()
        try:
            return write(batch)
        except Exception:
            with _lock:
                _waiting[:0] = batch
            raise


def write(sightings: Sequence[Sighting]) -> int:
    """Store signals by COPY in one transaction: for the writer thread, imports and the demo world. Returns how many."""
    if not sightings:
        return 0
    with connection.cursor() as cursor, cursor.copy(f"COPY signals_signal ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for s in sightings:
            copy.write_row(
                (s.at, s.kind, s.visitor_id, s.user_id, s.market, s.language, s.source[:40], s.product_id, s.store_id,
                 s.category_path, _storable(s.query), s.results, s.position, 0)
            )  # fmt: skip
    return len(sightings)


def _storable(query: str) -> str:
    # PostgreSQL text holds no NUL, which a visitor may type into an address.
    return query.replace("\x00", "")[:200]


def _start_writer() -> None:
    global _thread
    if _thread is not None and _thread.is_alive():
        return
    with _lock:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_write_forever, name="signals-writer", daemon=True)
            _thread.start()
            # Not atexit: the web server's workers are multiprocessing children, which run finalizers only.
            Finalize(None, _write_the_rest, exitpriority=100)


def _write_forever() -> None:
    pause = threading.Event()
    while True:
        pause.wait(INTERVAL)
        try:
            flush()
        except Exception:
            log.exception("signals: could not write; trying again")
            connection.close()


def _write_the_rest() -> None:
    try:
        flush()
    except Exception:
        log.exception("signals: lost what was not yet written")
    finally:
        connection.close()
