from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from caravan.outbox.actions import record
from caravan.people.queries.accounts import account
from caravan.stores.events import StoreChanged
from caravan.stores.models import Store


def suspend_store(*, operator_id: UUID, store_id: UUID, reason: str, at: datetime) -> None:
    """Shoppers no longer find the store; its members still do, and read why. Raises Invalid without a reason."""
    if not reason.strip():
        wrong = _("Say why: the owner will read it.")
        raise Invalid("store.reason", wrong, reason=wrong)
    _move(operator_id, store_id, Store.Status.OPEN, Store.Status.SUSPENDED, reason.strip()[:200], at)


def reopen_store(*, operator_id: UUID, store_id: UUID, at: datetime) -> None:
    """Lift a suspension: shoppers find the store again. Raises Conflict for a store its owner closed."""
    _move(operator_id, store_id, Store.Status.SUSPENDED, Store.Status.OPEN, "", at)


def _move(operator_id: UUID, store_id: UUID, before: str, after: str, reason: str, at: datetime) -> None:
    """Raises Forbidden to who is no operator, NotFound, Conflict from another state. Twice is once."""
    if not account(user_id=operator_id).is_staff:
        raise Forbidden("operator.only", _("Only the operators of the market may do this."))
    with transaction.atomic():
        store = Store.objects.select_for_update().filter(pk=store_id).first()
        if store is None:
            raise NotFound("store.unknown", _("There is no such store."))
        if store.status == after:
            return
        if store.status != before:
            raise Conflict("store.state", _("The store is %(state)s.") % {"state": store.get_status_display()})
        store.status, store.status_reason = after, reason
        store.save(update_fields=["status", "status_reason"])
        record(StoreChanged(at=at, store_id=store.pk))
