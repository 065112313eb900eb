from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, NotFound
from caravan.kernel.ids import uuid7
from caravan.outbox.actions import record
from caravan.stores.events import StoreFollowed
from caravan.stores.models import Follow, Store

MOST = 2_000  # stores one person follows: who may have what is looked up with each cart
_FOLLOW = """
INSERT INTO stores_follow (id, user_id, store_id, at) VALUES (%(id)s, %(user_id)s, %(store_id)s, %(at)s)
ON CONFLICT (user_id, store_id) DO NOTHING
"""
_COUNT = """
INSERT INTO stores_followers AS kept (store_id, number) SELECT id, 1 FROM unnest(%s::uuid[]) AS store (id) ORDER BY id
ON CONFLICT (store_id) DO UPDATE SET number = kept.number + 1
"""
_UNCOUNT = """
UPDATE stores_followers SET number = number - 1 WHERE store_id IN (
    SELECT store_id FROM stores_followers WHERE store_id = ANY(%s) ORDER BY store_id FOR NO KEY UPDATE
)
"""


def follow_store(*, user_id: UUID, store_id: UUID, at: datetime) -> bool:
    """From now on the person follows the store; again changes nothing. Returns whether it is new.

    Raises NotFound for a store that is not open, Conflict for more stores than one may follow.
    """
    if not Store.objects.filter(pk=store_id, status=Store.Status.OPEN).exists():
        raise NotFound("store.unknown", _("There is no such store, or it is not open at the moment."))
    if Follow.objects.filter(user_id=user_id).count() >= MOST:
        raise Conflict("follow.many", _("You follow as many stores as one can. Leave one first."))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FOLLOW, {"id": uuid7(), "user_id": user_id, "store_id": store_id, "at": at})
        if not cursor.rowcount:
            return False
        record(StoreFollowed(at=at, store_id=store_id, user_id=user_id))
        cursor.execute(_COUNT, [[store_id]])
        return True


def unfollow_store(*, user_id: UUID, store_id: UUID) -> None:
    """The person follows it no more. Coupons that came with following stay."""
    with transaction.atomic():
        if Follow.objects.filter(user_id=user_id, store_id=store_id).delete()[0]:
            _uncount([store_id])


def forget_follows(*, user_id: UUID) -> None:
    """Of an account that was closed."""
    with transaction.atomic():
        left = Follow.objects.filter(user_id=user_id)
        ids = list(left.select_for_update().values_list("store_id", flat=True))
        left.filter(store_id__in=ids).delete()
        _uncount(ids)


def _uncount(store_ids: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_UNCOUNT, [store_ids])
