"""What a promotion would have done to the orders of the last thirty days: told to its owner before it starts.

Orders lie above promotions, so their facts are gathered here and handed down to the engine. Goods are taken at the list prices of
today, for those are what the promotion will be beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from caravan.kernel.money import Money
from caravan.promotions.queries.offers import offers_of, platform_discounts
from caravan.promotions.queries.owners import Owner
from caravan.promotions.queries.preview import added
from caravan.promotions.queries.promotions import own_promotion, promotion_row
from caravan.promotions.rules import BuyerFacts, CartFacts, LineFacts, Terms
from caravan.promotions.rules.added import without
from caravan.promotions.rules.segments import Bought, segment_id, segments_of
from caravan.promotions.rules.simulation import MOST_CARTS, WINDOW, PastCart, Simulated, simulate
from caravan.trade.queries.rates import current_rates

# A cart of the platform is a whole purchase, one of a store what was ordered from it. What the buyer had bought before is as of
# that day; who follows the store, as of today.
_CARTS = """
WITH recent AS (
    SELECT o.id, o.buyer_id, o.store_id, o.market, o.placed_at, COALESCE(o.purchase_id, o.id) AS cart
    FROM trade_order o
    WHERE (%(store)s::uuid IS NULL OR o.store_id = %(store)s::uuid) AND o.placed_at >= %(since)s AND o.payment_state = 'paid'
    ORDER BY o.placed_at DESC LIMIT %(most)s
)
SELECT r.cart, r.buyer_id, r.placed_at, r.market, b.user_id IS NOT NULL, r.store_id, before.orders, before.last_at,
    f.id IS NOT NULL, v.id, v.product_id, l.quantity, COALESCE(own.minor, v.price_minor), v.currency, c.path
FROM recent r
JOIN people_buyer b ON b.id = r.buyer_id
JOIN trade_orderline l ON l.order_id = r.id
JOIN catalog_variant v ON v.id = l.variant_id
JOIN catalog_product p ON p.id = v.product_id
JOIN catalog_category c ON c.id = p.category_id
LEFT JOIN stores_follow f ON f.user_id = b.user_id AND f.store_id = r.store_id
LEFT JOIN catalog_price own ON own.variant_id = v.id AND own.market = r.market AND own.market <> '' AND own.until IS NULL
LEFT JOIN LATERAL (
    SELECT count(*)::int AS orders, max(e.placed_at) AS last_at FROM trade_order e
    WHERE e.buyer_id = r.buyer_id AND e.store_id = r.store_id AND e.placed_at < r.placed_at
      AND e.payment_state IN ('paid', 'refunded')
) before ON true
ORDER BY r.cart, l.id
"""


def simulated(owner: Owner, promotion_id: UUID, at: datetime) -> Simulated:
    """Price the owner's orders of the thirty days before `at` with the promotion, beside all else that runs then.

    Raises NotFound for another's promotion.
    """
    promotion = own_promotion(owner, promotion_id)
    begins = max(promotion.since, at)
    carts = list(_carts(owner, at))
    stores = {line.store_id for past in carts for line in past.cart.lines} if owner.store_id is None else {owner.store_id}
    others = {id: without(offers, promotion.pk) for id, offers in offers_of(stores, at).items()}
    platform = [offer for offer in platform_discounts(at) if offer.id != promotion.pk] if owner.store_id is None else ()
    terms = Terms(current_rates(at), stores=others, platform=tuple(platform))
    one = added(owner, promotion_id, at)
    found = simulate(carts, terms, one, currency=owner.currency, at=begins, budget=promotion_row(promotion, at).budget)
    return found if len(carts) < MOST_CARTS else found.of_a_part()


def _carts(owner: Owner, at: datetime) -> Iterator[PastCart]:
    with connection.cursor() as cursor:
        cursor.execute(_CARTS, {"store": owner.store_id, "since": at - WINDOW, "most": MOST_CARTS})
        rows = cursor.fetchall()
    for _, group in groupby(rows, key=lambda row: row[0]):
        yield _cart(list(group), owner)


def _cart(rows: list[tuple[Any, ...]], owner: Owner) -> PastCart:
    _, buyer_id, placed_at, market, is_known, *_ = rows[0]
    pieces: dict[UUID, int] = {}
    for row in rows:
        pieces[row[9]] = pieces.get(row[9], 0) + row[11]
    lines = {
        variant: LineFacts(variant, product, store, pieces[variant], Money(minor, currency), path)
        for *_, store, _orders, _last, _follows, variant, product, _n, minor, currency, path in rows
    }
    cart = CartFacts(market, owner.currency, tuple(lines.values()), _buyer(rows, is_known, owner, placed_at))
    return PastCart(buyer_id, placed_at, cart)


def _buyer(rows: list[tuple[Any, ...]], is_known: bool, owner: Owner, placed_at: datetime) -> BuyerFacts:
    bought = {row[5]: Bought(row[5], row[6], row[7]) for row in rows if row[6]}
    segments = {
        segment_id(owner.store_id, segment) for one in bought.values() for segment in segments_of(one, placed_at)
    }  # fmt: skip
    return BuyerFacts(
        is_known=is_known,
        bought_from=frozenset(bought),
        follows=frozenset(row[5] for row in rows if row[8]),
        segments=frozenset(segments),
    )
