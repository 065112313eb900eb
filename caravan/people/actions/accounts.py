from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from caravan.kernel import markets
from caravan.kernel.errors import Conflict, Invalid
from caravan.outbox.actions import record
from caravan.people.events import AccountClosed, EmailConfirmed
from caravan.people.models import Buyer, User
from caravan.people.queries.accounts import Account, account_by_email


def confirm_email(*, user_id: UUID, email: str, at: datetime) -> None:
    """Tell the market that the address was proven. Runs in the transaction of whoever marks the address as proven."""
    record(EmailConfirmed(at=at, user_id=user_id, email=email))


def rename(*, user_id: UUID, name: str) -> None:
    """What sellers and the market call the person; may be empty. Raises Invalid when too long."""
    name = " ".join(name.split())
    if len(name) > 120:
        raise Invalid("account.name", _("The name is too long."), name=_("Write at most 120 characters."))
    User.objects.filter(pk=user_id).update(name=name)


def choose_market(*, user_id: UUID, country: str, language: str, currency: str) -> None:
    """The market the account opens in wherever it signs in. Raises Invalid for one there is not."""
    if country not in markets.countries() or language not in markets.LANGUAGES:
        raise Invalid("market.unknown", _("Choose a country and a language from the lists."))
    User.objects.filter(pk=user_id).update(country=country, language=language, currency=currency)


def end_sessions(*, user_id: UUID) -> None:
    """Sign the person out wherever they are signed in: sessions carry the number they began under."""
    User.objects.filter(pk=user_id).update(session_epoch=F("session_epoch") + 1)


def make_operator(*, email: str, password: str | None, at: datetime) -> Account:
    """An account that runs the market: the one there is, else a new one with `password`. Raises Invalid without either."""
    with transaction.atomic():
        known = User.objects.select_for_update().filter(email__iexact=email).first()
        if known is None:
            if not password:
                raise Invalid("operator.password", _("A new account needs a password."), password=_("Give one."))
            known = User.objects.create_user(email, password, created_at=at)
        User.objects.filter(pk=known.pk).update(is_staff=True, is_superuser=True, is_active=True)
    return account_by_email(email)


def close_account(*, user_id: UUID, runs_stores: bool, at: datetime) -> None:
    """Forget who the person was. What they bought and said stays, under no name: others' books and ratings rest on it.

    Raises Conflict while they own a store (`runs_stores`; stores are a higher room's knowledge).
    """
    if runs_stores:
        raise Conflict("account.runs_stores", _("You own a store. Hand it over or ask the operators to close it first."))
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        user.email, user.name, user.is_active = f"closed-{user.pk}@account.invalid", "", False
        user.is_staff = user.is_superuser = False
        user.country = user.language = user.currency = ""
        user.session_epoch += 1
        user.set_unusable_password()
        user.save()
        user.api_tokens.filter(revoked_at=None).update(revoked_at=at)
        # The sign-in library's own tables hang on the account: proven addresses, authenticator apps, recovery codes.
        library = (user.emailaddress_set, user.authenticator_set)  # type: ignore[attr-defined]
        for held in (user.addresses, user.notices, user.notice_choices, *library):
            held.all().delete()
        Buyer.objects.filter(user_id=user_id).update(email="", name="")
        record(AccountClosed(at=at, user_id=user_id))
