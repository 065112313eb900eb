from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.catalog.models import ImportJob, Refusal
from caravan.kernel.errors import NotFound

MANY = 50  # jobs or refusals of a page


@dataclass(frozen=True, slots=True)
class JobRow:
    """How far an import is. `state` is waiting, running, done or failed; then `error` says why. Counts are of rows."""

    id: UUID
    store_id: UUID
    user_id: UUID | None
    filename: str
    path: str
    state: str
    total: int
    read: int
    created: int
    updated: int
    unchanged: int
    refused: int
    ignored_columns: tuple[str, ...]
    error: str
    created_at: datetime
    ended_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")


@dataclass(frozen=True, slots=True)
class RefusalRow:
    line: int
    ref: str
    code: str
    reason: str


def import_job(job_id: UUID) -> JobRow:
    """Raises NotFound."""
    return _row(ImportJob.objects.filter(pk=job_id).first())


def import_job_of(*, store_id: UUID, job_id: UUID) -> JobRow:
    """A job of that store. Raises NotFound."""
    return _row(ImportJob.objects.filter(pk=job_id, store_id=store_id).first())


def import_jobs(*, store_id: UUID, before: UUID | None = None) -> list[JobRow]:
    """The store's imports, newest first, MANY at most, from behind `before`."""
    jobs = ImportJob.objects.filter(store_id=store_id).order_by("-id")
    return [_row(job) for job in (jobs.filter(pk__lt=before) if before else jobs)[:MANY]]


def refusals(*, job_id: UUID, after_line: int = 0) -> list[RefusalRow]:
    """What was refused and why, in order of line, MANY rows at most, from behind `after_line`."""
    found = Refusal.objects.filter(job_id=job_id, line__gt=after_line).order_by("line", "code")[: MANY + 20]
    rows = [RefusalRow(r.line, r.ref, r.code, r.reason) for r in found]
    if len(rows) > MANY:  # all reasons of a line stand on one page
        rows = [r for r in rows if r.line <= rows[MANY - 1].line]
    return rows


def all_refusals(*, job_id: UUID) -> Iterator[RefusalRow]:
    """The same without pages, streamed."""
    found = Refusal.objects.filter(job_id=job_id).order_by("line", "code")
    for row in found.values_list("line", "ref", "code", "reason").iterator(chunk_size=2000):
        yield RefusalRow(*row)


def _row(job: ImportJob | None) -> JobRow:
    if job is None:
        raise NotFound("import.unknown", _("There is no such import in this store."))
    return JobRow(
        id=job.pk,
        store_id=job.store_id,
        user_id=job.user_id,
        filename=job.filename,
        path=job.path,
        state=job.state,
        total=job.rows_total,
        read=job.rows_read,
        created=job.rows_created,
        updated=job.rows_updated,
        unchanged=job.rows_unchanged,
        refused=job.rows_refused,
        ignored_columns=tuple(job.ignored_columns),
        error=job.error,
        created_at=job.created_at,
        ended_at=job.ended_at,
    )
