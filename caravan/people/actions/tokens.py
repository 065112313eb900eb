from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.people.models import ApiToken, User
from caravan.people.queries.tokens import MOST, PREFIX, digest_of


def create_token(*, user_id: UUID, name: str, at: datetime) -> str:
    """A new bearer token in plain text, "cvn_" and 32 random bytes; only its digest is kept, so it is shown once.

    Raises Invalid without a name, Conflict for more tokens than one account may hold.
    """
    name = name.strip()
    if not 1 <= len(name) <= 80:
        raise Invalid("token.name", _("Name the token after what uses it."), name=_("Write between 1 and 80 characters."))
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)
        if ApiToken.objects.filter(user_id=user_id, revoked_at=None).count() >= MOST:
            raise Conflict("token.many", _("You hold as many tokens as an account may. Revoke one you no longer use."))
        ApiToken.objects.create(user_id=user_id, name=name, digest=digest_of(token), created_at=at)
    return token


def revoke_token(*, user_id: UUID, token_id: UUID, at: datetime) -> None:
    """From now on it opens nothing. Raises NotFound; revoking again changes nothing."""
    held = ApiToken.objects.filter(pk=token_id, user_id=user_id)
    if not held.filter(revoked_at=None).update(revoked_at=at) and not held.exists():
        raise NotFound("token.unknown", _("This token is not yours, or there is no such token."))
