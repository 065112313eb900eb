from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.kernel.errors import Unauthenticated
from caravan.people.models import ApiToken
from caravan.people.queries.accounts import Account

PREFIX = "cvn_"
MOST = 50  # live tokens of one account; so they are never paged

# The mark of use rides on the look-up, and is renewed at most once a minute: reading costs no write as a rule.
_FIND = """
WITH found AS (
    SELECT t.id AS token_id, t.last_used_at, u.id, u.email, u.name, u.is_staff, u.country, u.language, u.currency
    FROM people_apitoken t JOIN people_user u ON u.id = t.user_id
    WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND u.is_active
), used AS (
    UPDATE people_apitoken t SET last_used_at = %(at)s FROM found
    WHERE t.id = found.token_id
      AND (found.last_used_at IS NULL OR found.last_used_at < %(at)s::timestamptz - interval '1 minute')
)
SELECT id, email, name, is_staff, country, language, currency FROM found
"""


@dataclass(frozen=True, slots=True)
class TokenRow:
    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


def digest_of(token: str) -> bytes:
    """SHA-256: the token is 32 random bytes, so nothing slower is needed to keep a stolen digest useless."""
    return hashlib.sha256(token.encode()).digest()


def user_of_token(token: str, at: datetime) -> Account:
    """Whose token it is; one statement. Raises Unauthenticated for an unknown or revoked one."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"digest": digest_of(token), "at": at})
        found = cursor.fetchone()
    if found is None:
        raise Unauthenticated("token.unknown", _("This API token is unknown or was revoked. Make one on your account page."))
    return Account(*found)


def tokens_of(*, user_id: UUID) -> list[TokenRow]:
    """The tokens that work, newest first."""
    live = ApiToken.objects.filter(user_id=user_id, revoked_at=None)[:MOST]
    return [TokenRow(t.pk, t.name, t.created_at, t.last_used_at) for t in live]
