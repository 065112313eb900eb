"""What offers may ask of a buyer: where they have bought, which stores they follow, which groups of buyers they are in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from caravan.promotions.rules import BuyerFacts
from caravan.promotions.rules.segments import Bought, segment_id, segments_of
from caravan.stores.queries.follows import followed_by

# What waits for its money may be bought a moment later: nobody is new to a store in many orders at once.
_BOUGHT = """
SELECT o.store_id, count(*) FILTER (WHERE o.payment_state = 'paid'), max(o.placed_at) FILTER (WHERE o.payment_state = 'paid')
FROM trade_order o JOIN people_buyer b ON b.id = o.buyer_id
WHERE b.user_id = %s AND o.payment_state IN ('paid', 'awaiting') GROUP BY o.store_id
"""


def facts_of(*, user_id: UUID, at: datetime) -> BuyerFacts:
    """All of it, of one account: two statements. What was given back was not bought; who has an order that waits for its money
    is no new buyer, but in no segment by it."""
    with connection.cursor() as cursor:
        cursor.execute(_BOUGHT, [user_id])
        rows = cursor.fetchall()
    return BuyerFacts(
        is_known=True,
        bought_from=frozenset(row[0] for row in rows),
        follows=followed_by(user_id=user_id),
        segments=frozenset(_segments((Bought(*row) for row in rows if row[1]), at)),
    )


def _segments(bought: Iterable[Bought], at: datetime) -> Iterable[UUID]:
    """Of each store, and of the whole market."""
    every = list(bought)
    for one in every:
        yield from (segment_id(one.store_id, segment) for segment in segments_of(one, at))
    if every:
        whole = Bought(every[0].store_id, sum(one.orders for one in every), max(one.last_at for one in every))
        yield from (segment_id(None, segment) for segment in segments_of(whole, at))
