from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.kernel.errors import Conflict, Invalid
from caravan.tax.models import TableVersion
from caravan.tax.queries.tables import all_rows, forget_tables
from caravan.tax.rules.preview import Change, changes
from caravan.tax.rules.read import Refused, read_table
from caravan.tax.rules.tables import Row

MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A file looked at: what it would change, and the lines refused. Only one without refusals can be loaded."""

    table: str
    rows: tuple[Row, ...]
    refused: tuple[Refused, ...]
    changes: tuple[Change, ...]


def look_at(*, text: str, effective_from: date, today: date) -> Draft:
    """Read a table file without loading it. `effective_from` stands in for rows that name no day of their own.

    Raises `Invalid` for what is no table at all, and for a day gone by: the past is never edited.
    """
    if effective_from < today:
        raise Invalid("tax.past", _("Choose today or a later day: tables are never changed for days gone by."))
    if len(text.encode()) > MOST_BYTES:
        raise Invalid("tax.large", _("The file is larger than 2 MB. Split it."))
    read = read_table(text, effective_from=effective_from, not_before=today)
    return Draft(read.table, read.rows, read.refused, changes(all_rows(), read.rows))


@transaction.atomic
def load_table(*, text: str, effective_from: date, at: datetime, filename: str = "", loaded_by: str = "") -> UUID:
    """Load a table file as a new version; its id. Loading the same file for the same day again is a `Conflict`.

    Raises `Invalid` where any line is refused: a version goes in whole or not at all.
    """
    draft = look_at(text=text, effective_from=effective_from, today=at.date())
    if draft.refused:
        first = draft.refused[0]
        wrong = ngettext(
            "%(count)s line is refused, line %(line)s. Correct the file and load it again.",
            "%(count)s lines are refused, the first is line %(line)s. Correct the file and load it again.",
            len(draft.refused),
        )
        raise Invalid("tax.refused", wrong % {"count": len(draft.refused), "line": first.line})
    if not draft.rows:
        raise Invalid("tax.empty", _("The file has no rows."))
    digest = hashlib.sha256(f"{draft.table}\n{effective_from}\n{text}".encode()).hexdigest()
    version, made = TableVersion.objects.get_or_create(
        digest=digest,
        defaults={
            "table": draft.table,
            "effective_from": effective_from,
            "text": text,
            "row_count": len(draft.rows),
            "filename": filename[:200],
            "loaded_by": loaded_by[:200],
            "loaded_at": at,
        },
    )
    if not made:
        raise Conflict("tax.loaded", _("This file was loaded already."))
    transaction.on_commit(forget_tables)
    return version.pk
