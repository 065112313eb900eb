"""What a store already lists, in the shape of drafts, locked for whoever is about to change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import json

from caravan.catalog.queries.rows import pairs, select
from caravan.catalog.rules import LockedPrice, ProductDraft, VariantDraft
from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True)
class StoredLink:
    url: str
    picture_id: UUID | None


@dataclass(frozen=True, slots=True)
class StoredVariant:
    id: UUID
    is_active: bool
    stock: int
    set_aside: int
    price: Money
    market_prices: tuple[tuple[str, Money], ...]
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A product as it stands. `draft` holds its active variants; `variants` all of them by SKU."""

    id: UUID
    status: str
    version_id: UUID
    version_number: int
    updated_at: datetime
    draft: ProductDraft
    variants: Mapping[str, StoredVariant] = field(default_factory=dict)
    links: tuple[StoredLink, ...] = ()

    @property
    def locked(self) -> dict[str, LockedPrice]:
        """The variants whose prices somebody locked, by SKU."""
        return {sku: LockedPrice(v.price, v.market_prices, v.locked_until) for sku, v in self.variants.items() if v.locked_until}


# Products before variants, each by id: the order in which all who write goods lock them (docs/locking.md).
_PRODUCTS = """
SELECT p.id, p.status, p.version_id, v.number, p.updated_at, p.external_ref, v.title, v.language, c.path, v.description,
       p.brand, p.gtin, v.attributes, v.pictures, p.weight_grams, p.origin, p.hs_code,
       COALESCE(p.length_mm, 0), COALESCE(p.width_mm, 0), COALESCE(p.height_mm, 0)
FROM catalog_product p JOIN catalog_version v ON v.id = p.version_id JOIN catalog_category c ON c.id = p.category_id
WHERE p.store_id = %s AND {which} ORDER BY p.id FOR NO KEY UPDATE OF p
"""
_VARIANTS = """
SELECT product_id, id, sku, options, price_minor, currency, stock, is_active, position, customs_minor, set_aside
FROM catalog_variant WHERE product_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
"""
_MARKET_PRICES = """
SELECT variant_id, market, minor, currency FROM catalog_price
WHERE until IS NULL AND market <> '' AND variant_id = ANY(%s) ORDER BY market
"""
_LOCKS = "SELECT variant_id, max(until) FROM catalog_pricelock WHERE variant_id = ANY(%s) GROUP BY variant_id"
_LINKS = "SELECT product_id, url, picture_id FROM catalog_picturelink WHERE product_id = ANY(%s) ORDER BY position"


def stored_by_refs(store_id: UUID, refs: Sequence[str]) -> dict[str, Stored]:
    """The store's products of those ids of its own, by that id. Locks them and their variants: inside a transaction only."""
    return {s.draft.ref: s for s in _stored(_PRODUCTS.format(which="p.external_ref = ANY(%s)"), store_id, list(refs))}


def stored_by_id(store_id: UUID, product_id: UUID) -> Stored | None:
    """One product of the store, locked with its variants, or None."""
    return next(_stored(_PRODUCTS.format(which="p.id = ANY(%s)"), store_id, [product_id]), None)


def stored_unlocked(store_id: UUID, ids: Sequence[UUID]) -> list[Stored]:
    """The same for readers, in order of id, without locks."""
    return list(_stored(_PRODUCTS.format(which="p.id = ANY(%s)"), store_id, list(ids), lock=False))


def sku_owners(store_id: UUID, skus: Sequence[str]) -> dict[str, str]:
    """Of those SKUs, which the store already uses, with the id of the product that has each."""
    query = """SELECT v.sku, p.external_ref FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
               WHERE p.store_id = %s AND v.sku = ANY(%s)"""
    return dict(select(query, store_id, list(skus)))


def _stored(query: str, store_id: UUID, which: list[Any], *, lock: bool = True) -> Iterator[Stored]:
    products = select(_locking(query, lock), store_id, which)
    if not products:
        return
    ids = [row[0] for row in products]
    by_product: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in select(_locking(_VARIANTS, lock), ids):
        by_product.setdefault(row[0], []).append(row)
    variant_ids = [row[1] for rows in by_product.values() for row in rows]
    market_prices = _market_prices(variant_ids)
    locks = dict(select(_LOCKS, variant_ids))
    links: dict[UUID, list[StoredLink]] = {}
    for product_id, url, picture_id in select(_LINKS, ids):
        links.setdefault(product_id, []).append(StoredLink(url, picture_id))
    for row in products:
        variants = sorted(by_product.get(row[0], ()), key=lambda v: (v[8], v[1]))
        yield Stored(
            id=row[0],
            status=row[1],
            version_id=row[2],
            version_number=row[3],
            updated_at=row[4],
            draft=ProductDraft(
                ref=row[5],
                title=row[6],
                language=row[7],
                category=row[8],
                description=row[9],
                brand=row[10],
                gtin=row[11],
                attributes=pairs(row[12]),
                pictures=json.decode(row[13], type=tuple[UUID, ...]),
                weight_grams=row[14],
                origin=row[15],
                hs_code=row[16],
                length_mm=row[17],
                width_mm=row[18],
                height_mm=row[19],
                variants=tuple(
                    VariantDraft(
                        sku=v[2],
                        price=Money(v[4], v[5]),
                        stock=v[6],
                        options=pairs(v[3]),
                        market_prices=tuple(market_prices.get(v[1], ())),
                        customs_value=Money(v[9], v[5]) if v[9] else None,
                    )
                    for v in variants
                    if v[7]
                ),
            ),
            variants={
                v[2]: StoredVariant(
                    v[1], v[7], v[6], v[10], Money(v[4], v[5]), tuple(market_prices.get(v[1], ())), locks.get(v[1])
                )
                for v in variants
            },
            links=tuple(links.get(row[0], ())),
        )


def _locking(query: str, lock: bool) -> str:
    return query if lock else query.partition("FOR NO KEY UPDATE")[0]


def _market_prices(variant_ids: list[UUID]) -> dict[UUID, list[tuple[str, Money]]]:
    found: dict[UUID, list[tuple[str, Money]]] = {}
    for variant_id, market, minor, currency in select(_MARKET_PRICES, variant_ids):
        found.setdefault(variant_id, []).append((market, Money(minor, currency)))
    return found
