from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from caravan.reputation.queries.standing import credit_of
from caravan.reputation.rules.service import WINDOW_DAYS, ServiceFacts, ServiceScore, service_score

# An order the buyer asked to cancel was not lost by the store; one it closed itself or did not ship was.
_FACTS = """
SELECT
    (SELECT count(*) FROM trade_order WHERE store_id = %(store)s AND placed_at >= %(since)s AND paid_at IS NOT NULL),
    (SELECT count(*) FROM trade_order WHERE store_id = %(store)s AND placed_at >= %(since)s AND order_state = 'cancelled'
        AND payment_state = 'refunded' AND fulfilment_state = 'none' AND cancel_state <> 'granted'),
    d.not_received, d.others, d.liable
FROM (
    SELECT count(*) FILTER (WHERE d.reason = 'not_received') AS not_received,
           count(*) FILTER (WHERE d.reason <> 'not_received') AS others,
           count(*) FILTER (WHERE d.liable = 'store') AS liable
    FROM trade_dispute d JOIN trade_order o ON o.id = d.order_id
    WHERE o.store_id = %(store)s AND o.placed_at >= %(since)s AND d.outcome <> 'withdrawn'
) d
"""


def service_of(store_id: UUID, *, at: datetime) -> ServiceScore:
    """The store's service score as it stands at `at`: two statements."""
    credit = credit_of(store_id)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"store": store_id, "since": at - timedelta(days=WINDOW_DAYS)})
        orders, not_sold, not_received, others, liable = cursor.fetchone()
    return service_score(
        ServiceFacts(
            orders=orders,
            not_sold=not_sold,
            not_received=not_received,
            not_as_described=others,
            liable=liable,
            positive=credit.positive_rate,
            described=credit.described,
            communication=credit.communication,
            shipping=credit.shipping,
        )
    )
