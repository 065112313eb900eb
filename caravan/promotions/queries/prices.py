"""What products are to be had for at the moment, as the stores ask it and in their currency, deals included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from caravan.kernel.money import Money
from caravan.promotions.queries.offers import offers_by_stamp
from caravan.promotions.rules import NO_OFFERS, LineFacts, StoreOffers
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
    """What whoever comes pays for the cheapest variant, and whether any can be bought. `offers` are those of the store."""

    offer: CardOffer
    in_stock: bool
    offers: StoreOffers


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
    return {key: _paid(some, in_stock[key], offers.get(some[0].store_id, NO_OFFERS), key[1], at) for key, some in lines.items()}


def _paid(lines: Sequence[LineFacts], in_stock: bool, offers: StoreOffers, market: str, at: datetime) -> PaidPrice:
    return PaidPrice(card_offer(lines, offers, market, at), in_stock, offers)


def paid_and_markets(product_ids: Iterable[UUID], at: datetime) -> dict[UUID, tuple[PaidPrice, tuple[str, ...]]]:
    """What the products are to be had for where no market has an offer of its own, and where they are on offer: ("*",) is
    everywhere. One statement, and one more for goods with deals in some markets only."""
    general = {id: found for (id, _), found in paid_prices(((id, "") for id in product_ids), at).items()}
    elsewhere = {id: _markets(id, found, at) for id, found in general.items() if not found.offer.on_offer}
    some = paid_prices(((id, market) for id, markets in elsewhere.items() for market in markets), at)
    return {
        id: (
            found,
            ("*",) if found.offer.on_offer else tuple(m for m in elsewhere[id] if (id, m) in some and some[id, m].offer.on_offer),
        )
        for id, found in general.items()
    }


def _markets(product_id: UUID, price: PaidPrice, at: datetime) -> list[str]:
    """Those that running deals, which may be about the product, are meant for."""
    deals = (*price.offers.deals.get(product_id, ()), *price.offers.wide)
    return sorted({market for deal in deals if deal.when.since <= at for market in deal.when.markets})
