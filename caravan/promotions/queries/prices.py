"""What products are to be had for at the moment, as the stores ask it and in their currency, deals included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from caravan.kernel.money import Money
from caravan.promotions.queries.offers import offers_by_stamp
from caravan.promotions.rules import NO_OFFERS, LineFacts
from caravan.promotions.rules.cards import CardOffer, card_offer

Wanted = tuple[UUID, str]  # a product, and the market (ISO country) it is looked at from

_VARIANTS = """
SELECT p.id, wanted.market, p.store_id, c.path, p.currency, v.id, COALESCE(own.minor, v.price_minor), v.stock > 0, st.number
FROM unnest(%s::uuid[], %s::varchar[]) AS wanted (id, market)
JOIN catalog_product p ON p.id = wanted.id AND p.status = 'active'
JOIN stores_store s ON s.id = p.store_id AND s.status = 'open'
JOIN catalog_category c ON c.id = p.category_id
JOIN catalog_variant v ON v.product_id = p.id AND v.is_active
LEFT JOIN catalog_price own ON own.variant_id = v.id AND own.market = wanted.market AND own.market <> '' AND own.until IS NULL
LEFT JOIN promotions_stamp st ON st.store_id = p.store_id
"""


@dataclass(frozen=True, slots=True)
class PaidPrice:
    """What whoever comes pays for the cheapest variant, and whether any can be bought."""

    offer: CardOffer
    in_stock: bool


def paid_prices(wanted: Iterable[Wanted], at: datetime) -> dict[Wanted, PaidPrice]:
    """Of those that are on sale, by product and market: one statement, and those that read offers which have changed."""
    pairs = list(dict.fromkeys(wanted))
    if not pairs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_VARIANTS, [[id for id, _ in pairs], [market for _, market in pairs]])
        rows = cursor.fetchall()
    offers = offers_by_stamp({row[2]: row[8] for row in rows if row[8] is not None}, at)
    lines: dict[Wanted, list[LineFacts]] = defaultdict(list)
    in_stock: dict[Wanted, bool] = defaultdict(bool)
    for id, market, store_id, path, currency, variant_id, minor, there, _stamp in rows:
        lines[id, market].append(LineFacts(variant_id, id, store_id, 1, Money(minor, currency), path))
        in_stock[id, market] |= there
    return {
        key: PaidPrice(card_offer(some, offers.get(some[0].store_id, NO_OFFERS), key[1], at), in_stock[key])
        for key, some in lines.items()
    }
