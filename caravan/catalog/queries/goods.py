"""A store's goods as its seller sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.catalog.models import Translation
from caravan.catalog.queries.pictures import PictureRow, picture_row
from caravan.catalog.queries.rows import select
from caravan.catalog.queries.stored import Stored, stored_unlocked
from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money

PAGE = 50
STATUSES = ("active", "draft", "withdrawn", "blocked")


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A product in the seller's list. `stock` is over its `variants`, of which `sold_out` have none left."""

    id: UUID
    ref: str
    slug: str
    title: str
    status: str
    status_reason: str
    price: Money
    price_max: Money
    stock: int
    variants: int
    sold_out: int
    updated_at: datetime
    picture: PictureRow | None


@dataclass(frozen=True, slots=True)
class EditRow:
    """A product under its seller's hands: the `stored` draft, who else wrote words for it, and what state it is in."""

    stored: Stored
    status: str
    status_reason: str
    slug: str
    translations: Mapping[str, tuple[str, str]]


_GOODS = """
SELECT p.id, p.external_ref, p.slug, p.title, p.status, p.status_reason, p.price_minor, p.price_max_minor, p.currency,
       offer.stock, offer.variants, offer.sold_out, p.updated_at, p.cover_id, p.cover_digest, p.cover_width,
       p.cover_height
FROM catalog_product p
CROSS JOIN LATERAL (
    SELECT COALESCE(sum(o.stock), 0)::bigint AS stock, count(*) AS variants, count(*) FILTER (WHERE o.stock = 0) AS sold_out
    FROM catalog_variant o WHERE o.product_id = p.id AND o.is_active
) offer
WHERE p.store_id = %s AND (%s = '' OR p.status = %s) AND (%s::uuid IS NULL OR p.id < %s)
  AND (%s = '' OR p.title ILIKE %s OR p.external_ref ILIKE %s
       OR EXISTS (SELECT FROM catalog_variant o WHERE o.product_id = p.id AND o.sku ILIKE %s))
ORDER BY p.id DESC LIMIT %s
"""


def goods(store_id: UUID, *, query: str = "", status: str = "", before: UUID | None = None) -> list[GoodsRow]:
    """The store's goods, the newest first, PAGE and one more; those with `query` in title, id or SKU, in that `status`."""
    like = f"%{query.replace(chr(92), chr(92) * 2).replace('%', chr(92) + '%').replace('_', chr(92) + '_')}%"
    found = select(_GOODS, store_id, status, status, before, before, query, like, like, like, PAGE + 1)
    return [
        GoodsRow(
            id=row[0],
            ref=row[1],
            slug=row[2],
            title=row[3],
            status=row[4],
            status_reason=row[5],
            price=Money(row[6], row[8]),
            price_max=Money(row[7], row[8]),
            stock=row[9],
            variants=row[10],
            sold_out=row[11],
            updated_at=row[12],
            picture=picture_row(row[13], row[14], row[15], row[16]) if row[13] else None,
        )
        for row in found
    ]


def goods_counts(store_id: UUID) -> dict[str, int]:
    """How many goods the store has in each state."""
    rows = select("SELECT status, count(*) FROM catalog_product WHERE store_id = %s GROUP BY status", store_id)
    return dict.fromkeys(STATUSES, 0) | {row[0]: row[1] for row in rows}


def product_to_edit(store_id: UUID, product_id: UUID) -> EditRow:
    """One of the store's goods. Raises NotFound."""
    stored = stored_unlocked(store_id, [product_id])
    if not stored:
        raise NotFound("product.unknown", _("There is no such product in this store."))
    [(status, reason, slug)] = select("SELECT status, status_reason, slug FROM catalog_product WHERE id = %s", product_id)
    told = Translation.objects.filter(version_id=stored[0].version_id).values_list("language", "title", "description")
    return EditRow(stored[0], status, reason, slug, {language: (title, text) for language, title, text in told})
