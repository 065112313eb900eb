from __future__ import annotations

from caravan.catalog.actions.wishes import forget_wishes
from caravan.people.events import AccountClosed


def account_closed(event: AccountClosed) -> None:
    """What they wished for is nobody's business any more."""
    forget_wishes(user_id=event.user_id)
