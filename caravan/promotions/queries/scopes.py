"""Which goods promotions are about, of several at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from caravan.promotions.models import GroupProduct, Promotion, PromotionGoods
from caravan.promotions.rules import Scope


def goods_of(promotions: Iterable[Promotion]) -> dict[UUID, list[PromotionGoods]]:
    """The goods rows of each, in order of id."""
    found: dict[UUID, list[PromotionGoods]] = defaultdict(list)
    for row in PromotionGoods.objects.filter(promotion__in=[p.pk for p in promotions]).order_by("id"):
        found[row.promotion_id].append(row)
    return found


def groups_of(promotions: Iterable[Promotion]) -> Mapping[UUID, frozenset[UUID]]:
    """The products of each marketing group that any of them is about."""
    wanted = {p.group_id for p in promotions if p.group_id}
    found: dict[UUID, set[UUID]] = {id: set() for id in wanted}
    for group_id, product_id in GroupProduct.objects.filter(group__in=wanted).values_list("group_id", "product_id"):
        found[group_id].add(product_id)
    return {id: frozenset(products) for id, products in found.items()}


def scope_of(promotion: Promotion, rows: Iterable[PromotionGoods], groups: Mapping[UUID, frozenset[UUID]]) -> Scope:
    """The goods it is about: a group, those listed, categories, or all."""
    if promotion.group_id:
        return Scope(products=groups[promotion.group_id])
    if promotion.is_chosen:
        return Scope(products=frozenset(row.product_id for row in rows if row.role == PromotionGoods.Role.GOODS))
    return Scope(categories=tuple(promotion.categories))


def promotion_scope(promotion_id: UUID) -> tuple[UUID | None, Scope]:
    """Whose goods one promotion is about (None: all stores'), and which of them."""
    promotion = Promotion.objects.get(pk=promotion_id)
    rows = goods_of([promotion])[promotion.pk] if promotion.is_chosen else []
    return promotion.store_id, scope_of(promotion, rows, groups_of([promotion]))
