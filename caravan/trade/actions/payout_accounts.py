from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.kernel.errors import Forbidden, Invalid
from caravan.people.queries.accounts import account as person
from caravan.stores.queries import store_for_member
from caravan.trade.models import PayoutAccount
from caravan.trade.rules.payouts import LONGEST_RESERVE_DAYS, MOST_RESERVE_PERCENT, Schedule


def choose_payouts(*, user_id: UUID, store: str, schedule: str, destination: str) -> None:
    """An owner of the store says when and where to it is paid out. Raises as `store_for_member`, Invalid with fields."""
    store_id = store_for_member(user_id=user_id, slug=store, role="owner").id
    destination = destination.strip()
    wrong = {}
    if schedule not in list(Schedule):
        wrong["schedule"] = _("Choose weekly, every two weeks or monthly.")
    if not 1 <= len(destination) <= 80:
        wrong["destination"] = _("Write your account's name with the payment provider, at most 80 characters.")
    if wrong:
        raise Invalid("payouts.settings", _("Payouts need a day and an account."), **wrong)
    PayoutAccount.objects.update_or_create(store_id=store_id, defaults={"schedule": schedule, "destination": destination})


def hold_payouts(*, operator_id: UUID, store_id: UUID, reason: str) -> None:
    """Pay the store nothing until `reason`, which it reads, is taken away (an empty one does that). Raises Forbidden."""
    _operator(operator_id)
    PayoutAccount.objects.update_or_create(store_id=store_id, defaults={"hold_reason": " ".join(reason.split())[:200]})


def keep_reserve(*, operator_id: UUID, store_id: UUID, percent: int, days: int) -> None:
    """From now on keep back `percent` of what each order of the store earns, for `days`. Raises Forbidden, Invalid."""
    _operator(operator_id)
    if not (0 <= percent <= MOST_RESERVE_PERCENT and 1 <= days <= LONGEST_RESERVE_DAYS):
        most = {"percent": MOST_RESERVE_PERCENT, "days": LONGEST_RESERVE_DAYS}
        wrong = ngettext(
            "A reserve is at most %(percent)s%% for at most %(days)s day.",
            "A reserve is at most %(percent)s%% for at most %(days)s days.",
            LONGEST_RESERVE_DAYS,
        )
        raise Invalid("payouts.reserve", wrong % most)
    PayoutAccount.objects.update_or_create(store_id=store_id, defaults={"reserve_percent": percent, "reserve_days": days})


def open_accounts(*, store_ids: Sequence[UUID], destination: str) -> None:
    """For stores out of other records: an account to be paid out to, where there is none."""
    with transaction.atomic():
        PayoutAccount.objects.bulk_create(
            (PayoutAccount(store_id=store_id, destination=destination) for store_id in store_ids), ignore_conflicts=True
        )


def _operator(user_id: UUID) -> None:
    if not person(user_id=user_id).is_staff:
        raise Forbidden("operator.only", _("Only the operators of the market may do this."))
