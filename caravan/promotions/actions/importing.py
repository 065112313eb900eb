"""Promotions out of a file: what cannot be used is refused line by line, the rest is kept, and the same file again changes
nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid
from caravan.promotions.actions.drafting import put_draft
from caravan.promotions.actions.standing import lock_owner
from caravan.promotions.actions.starting import start
from caravan.promotions.models import Promotion
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.queries.goods import names_of
from caravan.promotions.queries.owners import Owner, owner_for
from caravan.promotions.queries.words import say_line
from caravan.promotions.rules.drafts import BundleDraft, Draft
from caravan.promotions.rules.lifecycle import Status, status
from caravan.promotions.rules.sheet import Assembled, Names, RefusedLine, SheetRow, assemble, read_sheet

Outcome = Literal["created", "updated", "unchanged"]
Progress = Callable[[int, int], None]  # promotions done, of how many


@dataclass(slots=True)
class Imported:
    """How many promotions of a file are new, changed, or were so already; and each line that is not in them, with its reason."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[RefusedLine] = field(default_factory=list)

    def refuse(self, rows: Iterable[SheetRow], reason: str) -> None:
        self.refused += [RefusedLine(row.line, row.ref, "promotion.invalid", reason=reason) for row in rows]

    def tidy(self) -> Imported:
        """The refused lines in the order of the file, each with its sentence."""
        self.refused = sorted((replace(r, reason=say_line(r)) for r in self.refused), key=lambda r: r.line)
        return self


def bring_in(*, user_id: UUID, slug: str, lines: Iterable[str], at: datetime) -> Imported:
    """As a member of the store. Raises Invalid for a file that is none of promotions, NotFound."""
    return import_promotions(owner=owner_for(user_id=user_id, slug=slug), lines=lines, at=at)


def import_promotions(
    *, owner: Owner, lines: Iterable[str], at: datetime, progress: Progress | None = None
) -> Imported:  # fmt: skip
    """The same for whoever runs the program. Each promotion is a transaction of its own."""
    by_ref, done = read_sheet(lines), Imported()
    rows = [row for some in by_ref.values() for row in some]
    names = names_of(owner, {row["product"] for row in rows}, {row["sku"] for row in rows})
    for n, (ref, some) in enumerate(by_ref.items(), start=1):
        if ref:
            _one(owner, some, names, at, done)
        else:
            done.refused += [RefusedLine(row.line, "", "sheet.id", "id") for row in some]
        if progress:
            progress(n, len(by_ref))
    return done.tidy()


def _one(owner: Owner, rows: Sequence[SheetRow], names: Names, at: datetime, done: Imported) -> None:
    """Keep what can be kept of one promotion: lines that stand in its way are refused, and the rest is tried again."""
    left = list(rows)
    while left:
        found = assemble(rows, left, names)
        done.refused += found.refused
        unread = {refused.line for refused in found.refused}
        left = [row for row in left if row.line not in unread]
        if found.draft is None or not left or (found.refused and _broken(found.draft, left, done)):
            return
        wrong = _kept(owner, rows[0].ref, found, at, done)
        if not wrong:
            return
        of_lines = {_line(field, found): text for field, text in wrong.items()}
        if None in of_lines:
            done.refuse(left, next(text for field, text in wrong.items() if _line(field, found) is None))
            return
        for row in [row for row in left if row.line in of_lines]:
            done.refuse([row], of_lines[row.line])
            left.remove(row)
        if _broken(found.draft, left, done):
            return


def _broken(draft: Draft, left: Sequence[SheetRow], done: Imported) -> bool:
    """Whether a line is missing without which it would be another offer: then the other lines are refused, too."""
    if not isinstance(draft, BundleDraft):
        return False
    done.refuse(left, _("A bundle is sold whole: another line of it is refused."))
    return True


def _line(field: str, found: Assembled) -> int | None:
    row = found.lines.get(".".join(field.split(".")[:2]))
    return row.line if row else None


def _kept(owner: Owner, ref: str, found: Assembled, at: datetime, done: Imported) -> dict[str, str]:
    """What stands in its way, by field; nothing: it is kept."""
    assert found.draft is not None
    try:
        with transaction.atomic():
            lock_owner(store_id=owner.store_id)
            outcome = _put(owner, ref, found.draft, found.starts, at)
    except Invalid as refused:
        return refused.fields
    except Conflict as refused:
        return {"": refused.detail}
    setattr(done, outcome, getattr(done, outcome) + 1)
    return {}


def _put(owner: Owner, ref: str, draft: Draft, starts: bool, at: datetime) -> Outcome:
    stored = _stored(owner, ref)
    if stored is not None and not stored.external_ref:
        draft = replace(draft, frame=replace(draft.frame, ref=""))
    if stored is None:
        made = put_draft(owner=owner, draft=draft, at=at)
        outcome: Outcome = "created"
    elif _is_same(draft_of(stored), draft):
        made, outcome = stored, "unchanged"
    else:
        made, outcome = put_draft(owner=owner, draft=draft, at=at, promotion_id=stored.pk), "updated"
    if starts and status(made.state, made.since, made.until, at) is Status.DRAFT:
        start(owner=owner, promotion=made, verb="start", at=at)
        return "updated" if outcome == "unchanged" else outcome
    return outcome


def _stored(owner: Owner, ref: str) -> Promotion | None:
    """By the owner's id for it, or by ours, where it has none and was written into a file by us."""
    mine = Promotion.objects.filter(owner.owns)
    try:
        return mine.filter(external_ref=ref).first() or mine.filter(external_ref="", pk=UUID(ref)).first()
    except ValueError:
        return None


def _is_same(stored: Draft, draft: Draft) -> bool:
    """Whether the file says what is so already. One that was started late began when it was started."""
    since = max(stored.frame.since, draft.frame.since)
    return stored == replace(draft, frame=replace(draft.frame, since=since))
