"""A store's goods as promotions are checked against them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from msgspec import json

from caravan.catalog.queries import tree
from caravan.kernel.money import Money
from caravan.promotions.models import MarketingGroup
from caravan.promotions.queries.owners import Owner
from caravan.promotions.rules.drafts import Draft, ScopeDraft, named_products, scope_of
from caravan.promotions.rules.goods import GoodsFacts, OwnerFacts, VariantFacts
from caravan.promotions.rules.sheet import Names

_GOODS = """
SELECT p.id, p.external_ref, p.title, c.path, p.status = 'active', p.currency,
       (SELECT json_agg(json_build_array(o.id, o.sku, o.price_minor, o.stock - o.set_aside,
            (SELECT json_object_agg(own.market, own.minor) FROM catalog_price own
             WHERE own.variant_id = o.id AND own.market <> '' AND own.until IS NULL)) ORDER BY o.position, o.id)::text
        FROM catalog_variant o WHERE o.product_id = p.id AND o.is_active)
FROM catalog_product p
JOIN catalog_category c ON c.id = p.category_id
WHERE (%(store)s::uuid IS NULL OR p.store_id = %(store)s::uuid)
  AND (%(only)s::uuid[] IS NULL OR p.id = ANY(%(only)s::uuid[])) AND {which}
ORDER BY p.id LIMIT %(most)s
"""
_THESE = _GOODS.format(which="p.id = ANY(%(products)s)")
_OF_GROUP = _GOODS.format(
    which="p.status = 'active' AND p.id IN (SELECT product_id FROM promotions_groupproduct WHERE group_id = %(group)s)"
)
_IN_CATEGORIES = _GOODS.format(
    which="p.status = 'active' AND EXISTS (SELECT FROM unnest(%(paths)s::varchar[]) path"
    " WHERE c.path = path OR starts_with(c.path, path || '/'))"
)
_ALL = _GOODS.format(which="p.status = 'active'")
_variants = json.Decoder(tuple[tuple[UUID, str, int, int, dict[str, int] | None], ...]).decode


def goods_by_id(store_id: UUID, product_ids: Iterable[UUID]) -> dict[UUID, GoodsFacts]:
    """Those of the products that are the store's, in any state."""
    wanted = list(product_ids)
    return _select(_THESE, store=store_id, products=wanted, only=None, most=None) if wanted else {}


def goods_in_scope(
    store_id: UUID, scope: ScopeDraft, only: Collection[UUID] | None = None, most: int | None = None
) -> dict[UUID, GoodsFacts]:
    """The store's goods that `scope` is about at the moment; those named in any state, else those on sale.
    `only`: of those products. `most`: no more than so many."""
    these = list(only) if only is not None else None
    if scope.products is not None:
        return goods_by_id(store_id, scope.products if only is None else {*scope.products} & {*only})
    if scope.group_id is not None:
        return _select(_OF_GROUP, store=store_id, group=scope.group_id, only=these, most=most)
    if scope.categories:
        return _select(_IN_CATEGORIES, store=store_id, paths=list(scope.categories), only=these, most=most)
    return _select(_ALL, store=store_id, only=these, most=most)


def some_goods(owner: Owner, scope: ScopeDraft, most: int) -> tuple[UUID | None, list[GoodsFacts]]:
    """A few goods that `scope` is about, of one store, whose id is told; for the platform that of the first there are."""
    if owner.store_id is not None:
        found = goods_in_scope(owner.store_id, scope, most=most)
        return owner.store_id, list(found.values())
    query = _IN_CATEGORIES if scope.categories else _ALL
    anywhere = _select(query, store=None, only=None, paths=list(scope.categories), most=1)
    if not anywhere:
        return None, []
    return _store_of(next(iter(anywhere))), list(anywhere.values())


def _store_of(product_id: UUID) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT store_id FROM catalog_product WHERE id = %s", [product_id])
        return UUID(str(cursor.fetchone()[0]))


def goods_of_draft(owner: Owner, draft: Draft, only: Collection[UUID] | None = None) -> dict[UUID, GoodsFacts]:
    """The goods whose prices a draft announces, of all it is about. `only`: of those products."""
    if owner.store_id is None:
        return {}
    return goods_in_scope(owner.store_id, scope_of(draft), only)


def owner_facts(owner: Owner, draft: Draft) -> OwnerFacts:
    """What a draft is checked against."""
    groups = MarketingGroup.objects.filter(store_id=owner.store_id).values_list("pk", flat=True) if owner.store_id else ()
    return OwnerFacts(
        currency=owner.currency,
        goods=goods_by_id(owner.store_id, named_products(draft)) if owner.store_id else {},
        groups=frozenset(groups),
        categories=frozenset(tree("en")),
        is_platform=owner.store_id is None,
    )


def names_of(owner: Owner, refs: Collection[str], skus: Collection[str]) -> Names:
    """What the store calls its things, of those that a file names."""
    store_id = owner.store_id
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT external_ref, id FROM catalog_product WHERE store_id = %s AND external_ref = ANY(%s)", [store_id, list(refs)]
        )
        products = dict(cursor.fetchall())
        cursor.execute(
            """SELECT v.sku, p.id, v.id FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
               WHERE p.store_id = %s AND v.is_active AND v.sku = ANY(%s)""",
            [store_id, list(skus)],
        )
        variants = {sku: (product_id, variant_id) for sku, product_id, variant_id in cursor.fetchall()}
    groups = dict(MarketingGroup.objects.filter(store_id=store_id).values_list("name", "pk")) if store_id else {}
    return Names(products, variants, groups, owner.currency, owner.zone)


def _select(query: str, **params: Any) -> dict[UUID, GoodsFacts]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return {row[0]: _facts(*row) for row in cursor.fetchall()}


def _facts(id: UUID, ref: str, title: str, path: str, on_sale: bool, currency: str, variants: str | None) -> GoodsFacts:
    found = (
        VariantFacts(
            variant_id, sku, Money(minor, currency), {m: Money(one, currency) for m, one in (own or {}).items()}, stock
        )
        for variant_id, sku, minor, stock, own in _variants(variants or "[]")
    )  # fmt: skip
    return GoodsFacts(id, ref, title, path, on_sale, tuple(found))
