from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import BadRequest
from caravan.stores.models import Follow, Followers
from caravan.stores.queries.stores import StoreRow, stores_by_ids

A_PAGE = 48


@dataclass(frozen=True, slots=True)
class FollowRow:
    store: StoreRow
    since: datetime


@dataclass(frozen=True, slots=True)
class FollowPage:
    rows: tuple[FollowRow, ...]
    next_cursor: str


def followed_by(*, user_id: UUID) -> frozenset[UUID]:
    """The ids of the stores the person follows, for offers that are open to followers only."""
    return frozenset(Follow.objects.filter(user_id=user_id).values_list("store_id", flat=True))


def follows(*, user_id: UUID, store_id: UUID) -> bool:
    """Whether the person follows the store."""
    return Follow.objects.filter(user_id=user_id, store_id=store_id).exists()


def follows_of(*, user_id: UUID, cursor: str = "", limit: int = A_PAGE) -> FollowPage:
    """The stores the person follows, the newest first; of those that are not open, the rest of the page is told without.

    Raises BadRequest for a cursor that is none.
    """
    held = Follow.objects.filter(user_id=user_id).order_by("-id")
    if cursor:
        held = held.filter(id__lt=_cursor(cursor))
    found = list(held[: limit + 1])
    stores = stores_by_ids(follow.store_id for follow in found)
    rows = tuple(FollowRow(stores[one.store_id], one.at) for one in found[:limit] if stores[one.store_id].is_open)
    return FollowPage(rows, str(found[limit - 1].pk) if len(found) > limit else "")


def follower_count(store_id: UUID) -> int:
    """How many follow the store."""
    return Followers.objects.filter(pk=store_id).values_list("number", flat=True).first() or 0


def followers_of(store_id: UUID, *, after: UUID | None = None, limit: int = 1_000) -> list[tuple[UUID, UUID]]:
    """(follow, account) of those who follow the store in the order of the follows, from the one behind `after`."""
    held = Follow.objects.filter(store_id=store_id, user__is_active=True).order_by("pk")
    return list((held.filter(pk__gt=after) if after else held).values_list("pk", "user_id")[:limit])


def _cursor(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as e:
        raise BadRequest("follow.cursor", _("This link does not belong to this list. Start again from its first page.")) from e
