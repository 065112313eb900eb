from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caravan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class EmailConfirmed(Event, name="people.email_confirmed"):
    """A person proved that an address is theirs; what a guest bought with it becomes theirs too."""

    user_id: UUID
    email: str


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event, name="people.account_closed"):
    """A person closed their account: whoever keeps something only they had use of forgets it."""

    user_id: UUID
