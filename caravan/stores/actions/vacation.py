from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.outbox.actions import record
from caravan.stores.events import StoreChanged
from caravan.stores.models import Vacation as VacationModel
from caravan.stores.queries.members import store_for_member
from caravan.stores.rules.vacation import LONGEST_DAYS, LONGEST_MESSAGE, MOST_EXTRA_DAYS, Vacation, check_vacation


def plan_vacation(*, user_id: UUID, slug: str, vacation: Vacation, at: datetime) -> None:
    """The owner says when the store is away, in place of what was said before. Raises Invalid, NotFound, Forbidden."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    try:
        planned = check_vacation(vacation, at.date())
    except Invalid as refused:
        words = {name: _words(name, code) for name, code in refused.fields.items()}
        raise Invalid(refused.code, _("This vacation needs another look."), **words) from refused
    with transaction.atomic():
        VacationModel.objects.update_or_create(
            store_id=store.id,
            defaults={
                "since": planned.since, "until": planned.until, "mode": planned.mode, "extra_days": planned.extra_days,
                "message": planned.message,
            },
        )  # fmt: skip
        record(StoreChanged(at=at, store_id=store.id))


def end_vacation(*, user_id: UUID, slug: str, at: datetime) -> None:
    """The store is back, or will not go. Saying so twice is no error."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    with transaction.atomic():
        if VacationModel.objects.filter(store_id=store.id).delete()[0]:
            record(StoreChanged(at=at, store_id=store.id))


def _words(name: str, code: str) -> str:
    return {
        "until:before": _("The last day lies before the first."),
        "until:past": _("The last day is over already."),
        "until:too_long": _("A vacation lasts at most %(most)s days.") % {"most": LONGEST_DAYS},
        "mode:invalid": _("Choose one from the list."),
        "extra_days:invalid": _("Choose between 1 and %(most)s working days.") % {"most": MOST_EXTRA_DAYS},
        "message:too_long": _("Shorten this to %(length)d characters.") % {"length": LONGEST_MESSAGE},
    }[f"{name}:{code}"]
