"""Product files into the catalogue: a thousand rows a transaction, the job's figures and refusals in the same one.

A job that was killed goes on behind the last chunk it committed; a file imported again changes nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import PurePath
from typing import BinaryIO
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from caravan.catalog.actions.links import Linked, known_pictures, linked, write_links
from caravan.catalog.actions.save import Saved, opened, save
from caravan.catalog.events import ProductsImported
from caravan.catalog.models import ImportJob, Refusal
from caravan.catalog.queries.categories import category_lookup, specs
from caravan.catalog.queries.jobs import JobRow, import_job
from caravan.catalog.queries.stored import Stored, sku_owners
from caravan.catalog.queries.words import say
from caravan.catalog.rules import FieldError, ProductDraft, check, moved_locks
from caravan.catalog.rules.feed import FeedRow, Reading, RefusedRow, assemble, category_key, products, survey
from caravan.kernel.errors import Invalid, Problem
from caravan.kernel.ids import uuid7
from caravan.outbox.actions import record
from caravan.stores.queries import StoreRow, store_for_member, stores_by_ids

TASK = "catalog.import_products"
CHUNK = 1000  # rows
MOST_BYTES = 200_000_000

Progress = Callable[[JobRow], None]


def upload_products(*, user_id: UUID, store: str, filename: str, file: BinaryIO, at: datetime) -> UUID:
    """Keep a member's product file and queue its import. Returns the job's id. Raises `Invalid` if too large, NotFound."""
    seller = store_for_member(user_id=user_id, slug=store)
    with transaction.atomic():
        job_id = open_import(store_id=seller.id, user_id=user_id, filename=filename, file=file, at=at)
        app.configure_task(TASK, lock=f"import:{seller.id}").defer(job_id=str(job_id))
    return job_id


def open_import(*, store_id: UUID, user_id: UUID | None, filename: str, file: BinaryIO, at: datetime) -> UUID:
    """Keep a product file for `run_import`, which the caller runs or queues. Returns the job's id."""
    job_id = uuid7()
    path = storages["private"].save(f"imports/{store_id}/{job_id}{PurePath(filename).suffix[:5] or '.csv'}", File(file))
    if storages["private"].size(path) > MOST_BYTES:
        storages["private"].delete(path)
        raise Invalid("feed.large", _("The file is larger than %(mb)s MB. Split it.") % {"mb": MOST_BYTES // 1_000_000})
    ImportJob.objects.create(id=job_id, store_id=store_id, user_id=user_id, filename=filename[:200], path=path, created_at=at)
    return job_id


def run_import(*, job_id: UUID, at: datetime, progress: Progress | None = None, last_try: bool = True) -> JobRow:
    """Import the job's file, or go on where a killed run stopped. `progress` hears of each chunk. Returns how it ended.

    A file that is no product file ends the job as failed with the reason; a refused row never stops the others. What breaks
    on our side is raised, and ends the job too if this is the `last_try`.
    """
    job = import_job(job_id)
    store = stores_by_ids([job.store_id])[job.store_id]
    if not job.is_over:
        with translation.override({"pt": "pt-br"}.get(store.language, store.language)):
            try:
                _run(job, store, at, progress)
            except Problem as problem:
                _fail(job_id, problem.detail, at)
            except Exception:
                if last_try:
                    _fail(
                        job_id, _("Something broke on our side. What was read so far is kept; please import the file again."), at
                    )
                raise
    return import_job(job_id)


def _fail(job_id: UUID, why: str, at: datetime) -> None:
    ImportJob.objects.filter(pk=job_id).update(state="failed", error=why[:300], ended_at=at)


def _run(job: JobRow, store: StoreRow, at: datetime, progress: Progress | None) -> None:
    seen = survey(_lines(job.path))
    jobs = ImportJob.objects.filter(pk=job.id)
    jobs.update(state="running", rows_total=seen.rows, ignored_columns=list(seen.ignored))
    done = jobs.values_list("chunks_done", flat=True)
    behind = done.get()
    for number, chunk in enumerate(_chunks(products(_lines(job.path), seen))):
        if number < behind:
            continue
        with transaction.atomic():
            # A worker that was only thought dead may be at the same job: what it has done is said by the row under its lock.
            if done.select_for_update().get() > number:
                continue
            _import(job.id, store, chunk, at)
        if progress:
            progress(import_job(job.id))
    jobs.update(state="done", ended_at=at)


def _lines(path: str) -> Iterator[str]:
    with storages["private"].open(path, "rb") as raw:
        yield from io.TextIOWrapper(raw, "utf-8-sig", errors="surrogateescape", newline="")


def _chunks(readings: Iterator[Reading]) -> Iterator[list[Reading]]:
    """About CHUNK rows each, whole products only, the same ones at every run. A product id that comes back starts a new chunk."""
    chunk: list[Reading] = []
    rows, refs = 0, set[str]()
    for reading in readings:
        ref = reading.rows[0].ref if reading.rows else ""
        if rows >= CHUNK or ref in refs:
            yield chunk
            chunk, rows, refs = [], 0, set()
        chunk.append(reading)
        rows += len(reading.rows) or 1
        if ref:
            refs.add(ref)
    if chunk:
        yield chunk


@dataclass(slots=True)
class _Sorted:
    """A chunk's products with what is stored of them, and the rows that are refused."""

    wanted: list[tuple[Stored | None, Linked, Sequence[FeedRow]]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


def _import(job_id: UUID, store: StoreRow, chunk: Sequence[Reading], at: datetime) -> None:
    groups = [reading.rows for reading in chunk if reading.rows]
    stored = opened(store_id=store.id, refs=[rows[0].ref for rows in groups])
    sorting = _sorted(store, groups, stored, [r.refused for r in chunk if r.refused], at)
    saved = save(store=store, drafts=[(old, target.draft) for old, target, _rows in sorting.wanted], at=at)
    links = [(s.product_id, t.links) for s, (_old, t, _rows) in zip(saved, sorting.wanted, strict=True) if t.links is not None]
    write_links(links)
    relinked = {product_id for product_id, _ in links}
    changed = [s.product_id for s in saved if s.changed or s.product_id in relinked]
    if changed:
        record(ProductsImported(at=at, store_id=store.id, product_ids=tuple(changed)))
    _count(job_id, saved, sorting, relinked)


def _sorted(
    store: StoreRow, groups: Sequence[Sequence[FeedRow]], stored: dict[str, Stored], refused: Sequence[RefusedRow], at: datetime
) -> _Sorted:
    sorting = _Sorted(refused=list(refused))
    owners = sku_owners(store.id, [row.id for rows in groups for row in rows])
    known = known_pictures(store_id=store.id, urls=list({url for rows in groups for url in rows[0].links or ()}))
    for rows in groups:
        old = stored.get(rows[0].ref)
        draft = _draft(store, rows, old, owners, sorting, at)
        if draft:
            kept = [row for row in rows if row.id in {v.sku for v in draft.variants}]
            sorting.wanted.append((old, linked(draft, old=old, known=known), kept))
    return sorting


def _draft(
    store: StoreRow, rows: Sequence[FeedRow], old: Stored | None, owners: dict[str, str], sorting: _Sorted, at: datetime
) -> ProductDraft | None:
    """The draft of a product's rows; rows that cannot be variants of it are refused, and all of them when it cannot be listed."""
    category = _category(rows[0], old)
    if isinstance(category, FieldError):
        sorting.refused += [RefusedRow(row.line, row.id, (category,)) for row in rows]
        return None
    language = rows[0].language or (old.draft.language if old else store.language)
    while rows:
        draft = assemble(rows, old.draft if old else None, category=category, language=language, specs=specs(category))
        locked = moved_locks(draft, old.locked, at, store.zone) if old else ()
        errors = [*check(draft, currency=store.currency, specs=specs(category)), *_taken(rows, owners), *locked]
        if not errors:
            return draft
        wrong = _by_row(rows, draft, errors)
        sorting.refused += [RefusedRow(row.line, row.id, tuple(why)) for row, why in wrong if why]
        rows = [row for row, why in wrong if not why]
    return None


def _category(row: FeedRow, old: Stored | None) -> str | FieldError:
    for text in row.categories:
        if path := category_lookup().get(category_key(text)):
            return path
    if row.categories:
        return FieldError("product_type", "category.unknown", row.categories[0][:80])
    return old.draft.category if old else FieldError("product_type", "category.missing")


def _taken(rows: Sequence[FeedRow], owners: dict[str, str]) -> list[FieldError]:
    return [FieldError(f"id.{row.id}", "sku.taken", owner) for row in rows if (owner := owners.get(row.id, row.ref)) != row.ref]


def _by_row(rows: Sequence[FeedRow], draft: ProductDraft, errors: Sequence[FieldError]) -> list[tuple[FeedRow, list[FieldError]]]:
    """Each row with what is wrong with it: an error of its variant, or else one of the product, which is every row's."""
    of_variant: dict[str, list[FieldError]] = {}
    of_product: list[FieldError] = []
    for error in errors:
        sku = draft.variants[error.variant].sku if error.variant is not None else error.field.removeprefix("id.")
        mine = sku if sku in {row.id for row in rows} else None
        if mine is not None:
            of_variant.setdefault(mine, []).append(error)
        else:
            of_product.append(error)
    if of_product:
        return [(row, of_product) for row in rows]
    return [(row, of_variant.get(row.id, [])) for row in rows]


def _count(job_id: UUID, saved: Sequence[Saved], sorting: _Sorted, relinked: set[UUID]) -> None:
    created = updated = rows = 0
    for s, (_old, _target, brought) in zip(saved, sorting.wanted, strict=True):
        skus = {row.id for row in brought}
        rows += len(skus)
        created += len(skus & s.created)
        updated += len(skus - s.created) if s.product_id in relinked else len(skus & s.updated)
    refused = len(sorting.refused)
    ImportJob.objects.filter(pk=job_id).update(
        chunks_done=F("chunks_done") + 1,
        rows_read=F("rows_read") + rows + refused,
        rows_created=F("rows_created") + created,
        rows_updated=F("rows_updated") + updated,
        rows_unchanged=F("rows_unchanged") + rows - created - updated,
        rows_refused=F("rows_refused") + refused,
    )
    Refusal.objects.bulk_create(
        chain.from_iterable(
            (
                Refusal(job_id=job_id, line=r.line, ref=r.ref[:80], code=e.code, reason=say(e)[:300])
                for e in {e.code: e for e in r.errors}.values()
            )
            for r in sorting.refused
        ),
        ignore_conflicts=True,
    )
