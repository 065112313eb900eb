from __future__ import annotations

from caravan.people.events import AccountClosed
from caravan.stores.actions.follows import forget_follows


def account_closed(event: AccountClosed) -> None:
    """Whom they followed is nobody's business any more."""
    forget_follows(user_id=event.user_id)
