from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.people.queries.accounts import account_by_proven_email
from caravan.stores.models import Membership
from caravan.stores.queries.members import store_for_member


def invite_staff(*, user_id: UUID, slug: str, email: str, at: datetime) -> None:
    """Let the account of that address act for the store. Again, or for an owner, it changes nothing.

    Raises Invalid when there is no such account or its address is not proven (anybody can sign up with it), NotFound and
    Forbidden as `store_for_member`.
    """
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    try:
        person = account_by_proven_email(email)
    except NotFound as unknown:
        wrong = _("No account has confirmed this address. Ask the person to sign up and confirm it, then add them.")
        raise Invalid("staff.unknown", wrong, email=wrong) from unknown
    Membership.objects.bulk_create(
        [Membership(store_id=store.id, user_id=person.id, role=Membership.Role.STAFF, created_at=at)], ignore_conflicts=True
    )


def remove_staff(*, user_id: UUID, slug: str, member_id: UUID) -> None:
    """From now on the account does not act for the store. Owners stay. Raises Conflict for one, NotFound for a stranger."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    held = Membership.objects.filter(store_id=store.id, user_id=member_id)
    if held.filter(role=Membership.Role.STAFF).delete()[0]:
        return
    if held.exists():
        raise Conflict("staff.owner", _("An owner cannot be removed from the store."))
    raise NotFound("staff.unknown", _("This person does not work for the store."))
