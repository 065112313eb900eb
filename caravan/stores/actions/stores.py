from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.outbox.actions import record
from caravan.stores.events import StoreChanged
from caravan.stores.models import Membership, Store
from caravan.stores.queries.members import store_for_member
from caravan.stores.queries.stores import StoreRow, row
from caravan.stores.rules import OpeningFacts, StoreFacts, check, check_opening, slug_of
from caravan.stores.rules import facts as rules

# Words of addresses under /seller/.
RESERVED = frozenset({"opening", "new"})


def open_store(*, user_id: UUID, facts: OpeningFacts, currencies: Collection[str], at: datetime) -> StoreRow:
    """A new store owned by the person. Its slug comes from its name, numbered when taken. Raises Invalid."""
    try:
        facts = check_opening(facts, currencies)
    except Invalid as refused:
        raise _worded(refused) from refused
    with transaction.atomic():
        store = _with_free_slug(facts, at)
        Membership.objects.create(store=store, user_id=user_id, role=Membership.Role.OWNER, created_at=at)
        record(StoreChanged(at=at, store_id=store.pk))
    return row(store)


def edit_store(*, user_id: UUID, slug: str, facts: StoreFacts, at: datetime) -> StoreRow:
    """What its owner changes. The slug stays: it stands in addresses all over the world. Raises Invalid, NotFound, Forbidden."""
    mine = store_for_member(user_id=user_id, slug=slug, role="owner")
    try:
        facts = check(facts)
    except Invalid as refused:
        raise _worded(refused) from refused
    with transaction.atomic():
        store = Store.objects.select_for_update().get(pk=mine.id)
        for name, value in _columns(facts).items():
            setattr(store, name, value)
        store.save(update_fields=_columns(facts))
        record(StoreChanged(at=at, store_id=store.pk))
    return row(store)


def _with_free_slug(facts: OpeningFacts, at: datetime) -> Store:
    base = slug_of(facts.name, longest=52) or "store"
    while True:
        slug = _free(base)
        try:
            with transaction.atomic():
                return Store.objects.create(slug=slug, opened_at=at, **_columns(facts))
        except IntegrityError:
            # Another store took the name between our look and our write; anything else is a defect and is not hidden.
            if not Store.objects.filter(slug=slug).exists():
                raise


def _free(base: str) -> str:
    taken = set(Store.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug


def _columns(facts: StoreFacts) -> dict[str, object]:
    return {**asdict(facts), "ships_to": list(facts.ships_to)}


def _worded(refused: Invalid) -> Invalid:
    words = {name: _reason(name, code) for name, code in refused.fields.items()}
    return Invalid(refused.code, _("Some of the store's particulars need another look."), **words)


def _reason(name: str, code: str) -> str:
    if code == "required":
        return _("Buyers need a name to remember the store by.")
    if code == "too_long":
        longest = {"name": rules.LONGEST_NAME, "description": rules.LONGEST_DESCRIPTION}[name]
        return _("Shorten this to %(length)d characters.") % {"length": longest}
    if name == "handling_days":
        return _("Choose between 0 and %(most)d working days.") % {"most": rules.MOST_HANDLING_DAYS}
    return _("Choose one from the list.")
