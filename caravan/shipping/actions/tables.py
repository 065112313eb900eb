"""A store writes its own table: a whole one from a day on. What is in force stays as it is until then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.shipping.models import Rate, Table
from caravan.shipping.queries.books import forget_books
from caravan.shipping.rules.tariffs import TariffRow
from caravan.stores.queries import store_for_member

MOST_ROWS = 1_000


def save_table(*, user_id: UUID, slug: str, rows: Sequence[TariffRow], effective_from: date, at: datetime) -> int:
    """The store's table from that day on, in place of one of the same day; returns how many rows it has.

    Raises Invalid for a day that has passed (those orders were priced already) or no rows, NotFound, Forbidden to staff.
    """
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    if effective_from < at.date():
        past = _("A table comes into force today or later: what has passed stays as it was.")
        raise Invalid("shipping.past", past, effective_from=past)
    if not 1 <= len(rows) <= MOST_ROWS:
        raise Invalid("shipping.rows", _("A table needs between 1 and %(most)d rows.") % {"most": MOST_ROWS})
    with transaction.atomic():
        # Two windows saving the same day: the second waits for the row, and its table stands.
        table, _made = Table.objects.select_for_update().update_or_create(
            store_id=store.id, effective_from=effective_from, defaults={"currency": store.currency}
        )
        Rate.objects.filter(table=table).delete()
        Rate.objects.bulk_create(
            Rate(
                table=table, zone=row.zone, service=row.service, size=row.size, most_grams=row.most_grams,
                cost_minor=row.cost_minor, days_min=row.days_min, days_max=row.days_max,
            )
            for row in rows
        )  # fmt: skip
    forget_books()
    return len(rows)


def drop_table(*, user_id: UUID, slug: str, effective_from: date) -> None:
    """Take a table back: the one before it, or the platform's, is in force again. Twice is no error."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    Table.objects.filter(store_id=store.id, effective_from=effective_from).delete()
    forget_books()
