"""What the indexer process does: bring marked products in, and write the index anew when that is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from caravan.kernel.clock import now
from caravan.search.engine.indexer import Indexer, IndexerBusy
from caravan.search.models import Indexed
from caravan.search.queries.documents import BATCH, all_documents, documents
from caravan.search.queries.popular import popular_searches
from caravan.search.rules.document import SearchDocument

log = logging.getLogger(__name__)
PAUSE = 0.5  # seconds between looks at an empty table
RETRY = 2.0  # seconds, while the database is away
# Exchange rates, popular searches and category names come in with a rebuild only.
GOOD_FOR = timedelta(hours=24)
REQUEST = "rebuild-wanted"

_OLDEST = "SELECT product_id, mark FROM search_dirty ORDER BY mark, product_id LIMIT %s"
# A row that someone marks at this moment is left alone: it will bear another mark.
_FORGET = """
DELETE FROM search_dirty USING (
    SELECT d.product_id FROM search_dirty d JOIN unnest(%s::uuid[], %s::bigint[]) AS done (id, mark)
    ON d.product_id = done.id AND d.mark = done.mark FOR UPDATE OF d SKIP LOCKED
) taken WHERE search_dirty.product_id = taken.product_id
"""


@dataclass(frozen=True, slots=True)
class BroughtIn:
    written: int
    removed: int


def bring_in(*, indexer: Indexer, at: datetime, limit: int = BATCH) -> BroughtIn | None:
    """Take the products marked longest ago into the index in one commit, then forget the marks. None when there are none.

    Killed in between, the same products are brought in again, which changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [limit])
        marks: list[tuple[UUID, int]] = cursor.fetchall()
    if not marks:
        return None
    ids = [id for id, _ in marks]
    found = documents(ids, at=at)
    gone = {str(id) for id in ids} - {one.id for one in found}
    indexer.apply(found, gone)
    Indexed.objects.filter(pk__in=gone).delete()
    _remember(found)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [ids, [mark for _, mark in marks]])
    return BroughtIn(len(found), len(gone))


def rebuild(*, at: datetime) -> int | None:
    """Write the index anew, or ask the indexer that runs to do it: then None. Returns how many products it holds."""
    path = Path(settings.SEARCH_ROOT)
    try:
        with Indexer(path) as indexer:
            return write_anew(indexer=indexer, at=at)
    except IndexerBusy:
        (path / REQUEST).touch()
        return None


def write_anew(*, indexer: Indexer, at: datetime) -> int:
    """A new index beside the one in use, then the switch. Returns how many products it holds.

    Killed in between, the reason for it still stands and the next start repeats it.
    """
    Indexed.objects.all().delete()
    count = indexer.rebuild(_remembered(all_documents(at=at)), popular_searches(at=at))
    indexer.starts_empty = False
    (indexer.path / REQUEST).unlink(missing_ok=True)
    return count


def rebuild_is_due(*, indexer: Indexer, at: datetime) -> bool:
    """Whether the index is empty or of another version, somebody asked for a new one, or it is older than GOOD_FOR."""
    if indexer.starts_empty or (indexer.path / REQUEST).exists():
        return True
    made = datetime.fromtimestamp((indexer.path / "current").stat().st_mtime, UTC)
    return at - made >= GOOD_FOR


@contextmanager
def take_over(*, stop: threading.Event) -> Iterator[Indexer | None]:
    """The indexer, once nobody else writes the index; None if `stop` comes first."""
    indexer = None
    while indexer is None and not stop.is_set():
        try:
            indexer = Indexer(settings.SEARCH_ROOT)
        except IndexerBusy:
            log.info("search: another process keeps the index up; waiting to take over")
            stop.wait(RETRY)
    try:
        yield indexer
    finally:
        if indexer:
            indexer.close()


def keep_up(*, indexer: Indexer, stop: threading.Event) -> None:
    """Until `stop`: rebuild when due, bring in what is marked, wait a little. Outlives the database being away."""
    while not stop.is_set():
        try:
            at = now()
            if rebuild_is_due(indexer=indexer, at=at):
                log.info("search: %d products in a new index", write_anew(indexer=indexer, at=at))
            if bring_in(indexer=indexer, at=at) is None:
                stop.wait(PAUSE)
        except (OperationalError, InterfaceError):
            log.exception("search: the database does not answer; trying again")
            connection.close()
            stop.wait(RETRY)


def _remembered(batches: Iterable[list[SearchDocument]]) -> Iterator[SearchDocument]:
    for batch in batches:
        _remember(batch)
        yield from batch


def _remember(found: list[SearchDocument]) -> None:
    Indexed.objects.bulk_create(
        [
            Indexed(
                product_id=one.id,
                store_id=one.store_id,
                sold_30d=one.sold_30d,
                buyers=one.buyers,
                standing=round(one.standing * 20),
            )
            for one in found
        ],
        update_conflicts=True,
        unique_fields=["product_id"],
        update_fields=["store_id", "sold_30d", "buyers", "standing"],
    )
