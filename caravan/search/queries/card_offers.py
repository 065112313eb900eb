"""What a deal makes of a card: worked out from what the process knows of the store's offers, and kept until they turn."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from msgspec import json

from caravan.kernel.money import Money
from caravan.promotions.queries.offers import offers_by_stamp, with_left
from caravan.promotions.rules import NO_OFFERS, Deal, LineFacts, StoreOffers
from caravan.promotions.rules.cards import CardOffer, card_offer, next_turn
from caravan.promotions.rules.reference import Reference, announced

# Of a store that has offers: each variant's id, list price, and the frozen reference price of each promotion that offers it now,
# those of the market itself last, so that they win over those of everywhere.
VARIANTS = """CASE WHEN stamp.number IS NOT NULL THEN (
    SELECT json_agg(json_build_array(o.id, COALESCE(own.minor, o.price_minor), (
        SELECT json_object_agg(f.promotion_id, f.reference_minor ORDER BY f.market) FROM promotions_offeredprice f
        WHERE f.variant_id = o.id AND f.market IN ('', %s) AND f.since <= %s AND f.until > %s
    )))::text
    FROM catalog_variant o
    LEFT JOIN catalog_price own ON own.variant_id = o.id AND own.market = %s AND own.market <> '' AND own.until IS NULL
    WHERE o.product_id = p.id AND o.is_active
) END"""
_OF_PRODUCT = f"""
SELECT p.store_id, c.path, p.currency, stamp.number, {VARIANTS}
FROM catalog_product p JOIN catalog_category c ON c.id = p.category_id
LEFT JOIN promotions_stamp stamp ON stamp.store_id = p.store_id
WHERE p.id = %s
"""  # noqa: S608 - a constant of this module
MOST_KEPT = 16_384
_decode = json.Decoder(list[tuple[UUID, int, dict[UUID, int | None] | None]]).decode


class OnOffer(NamedTuple):
    """What of an offer a card shows, in the store's minor units: `low` is to be paid, `was` the reference price (None: history
    bears none), `percent` what may be said of it; `name` of the deal, its id, and `until` when it ends (seconds since 1970)."""

    low: int
    varies: bool
    was: int | None
    percent: int
    name: str
    until: float | None
    deal_id: UUID | None


class VariantOffer(NamedTuple):
    """A variant's deal: what is to be paid and the reference price, in the store's currency; `deal` has what is left of it."""

    price: Money
    was: Money | None
    percent: int
    deal: Deal


class _Kept(NamedTuple):
    good_until: datetime | None
    found: OnOffer | None


_kept: OrderedDict[tuple[str, str, str, int], _Kept] = OrderedDict()


def on_offer(
    id: str, store_id: str, path: str, currency: str, variants: str, stamp: int, offers: StoreOffers, market: str, at: datetime
) -> OnOffer | None:
    """None where no variant has a deal. The same until the stamp, the variants or the hour make it another."""
    key = (id, market, variants, stamp)
    kept = _kept.get(key)
    if kept is None or (kept.good_until is not None and kept.good_until <= at):
        product, store = UUID(id), UUID(store_id)
        rows = _decode(variants)
        lines = [LineFacts(variant, product, store, 1, Money(minor, currency), path) for variant, minor, _ in rows]
        offer = card_offer(lines, offers, market, at)
        references = {variant: known or {} for variant, _, known in rows}
        kept = _Kept(next_turn(offers, product, at), _shown(offer, references, at))
        _kept[key] = kept
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return kept.found


def variant_offers(product_id: UUID, market: str, at: datetime) -> dict[UUID, VariantOffer]:
    """The deals on a product's variants, for whoever comes: one statement, and one more where pieces are counted."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_PRODUCT, [market, at, at, market, product_id])
        row = cursor.fetchone()
    if row is None or row[4] is None:
        return {}
    store_id, path, currency, stamp, variants = row
    own = with_left(offers_by_stamp({store_id: stamp}, at), [product_id]).get(store_id, NO_OFFERS)
    found: dict[UUID, VariantOffer] = {}
    for variant_id, minor, references in _decode(variants):
        line = LineFacts(variant_id, product_id, store_id, 1, Money(minor, currency), path)
        offer = card_offer([line], own, market, at)
        shown = _shown(offer, {variant_id: references or {}}, at)
        if shown and offer.deal:
            was = Money(shown.was, currency) if shown.was is not None else None
            found[variant_id] = VariantOffer(offer.price, was, shown.percent, offer.deal)
    return found


def _shown(offer: CardOffer, references: dict[UUID, dict[UUID, int | None]], at: datetime) -> OnOffer | None:
    if not offer.on_offer:
        return None
    deal = offer.deal
    if deal is None:
        return OnOffer(offer.price.minor, offer.varies, None, 0, "", None, None)
    minor = references[offer.variant_id].get(deal.promotion_id)
    before = Reference(Money(minor, offer.price.currency), at, at) if minor is not None else None
    said = announced(offer.price, offer.listed, before)
    until = deal.when.until.timestamp() if deal.when.until else None
    return OnOffer(
        offer.price.minor, offer.varies, said.was.minor if said else None, said.percent if said else 0, deal.name, until, deal.id
    )
