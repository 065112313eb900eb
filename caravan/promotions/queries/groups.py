"""A store's marketing groups."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.promotions.models import GroupProduct, MarketingGroup


@dataclass(frozen=True, slots=True)
class GroupRow:
    id: UUID
    name: str
    products: int


def groups_of(store_id: UUID) -> list[GroupRow]:
    """By name, with how many products are in each."""
    found = MarketingGroup.objects.filter(store_id=store_id).annotate(n=Count("products")).order_by("name")
    return [GroupRow(group.pk, group.name, group.n) for group in found]


def own_group(store_id: UUID, group_id: UUID) -> MarketingGroup:
    """Raises NotFound for another store's."""
    found = MarketingGroup.objects.filter(store_id=store_id, pk=group_id).first()
    if found is None:
        raise NotFound("group.unknown", _("There is no such group of products in this store."))
    return found


def group_of(store_id: UUID, group_id: UUID) -> GroupRow:
    """Raises NotFound for another store's."""
    found = own_group(store_id, group_id)
    return GroupRow(found.pk, found.name, found.products.count())


def products_in(group_id: UUID) -> list[UUID]:
    """The ids of the products in a group."""
    return list(GroupProduct.objects.filter(group_id=group_id).order_by("product_id").values_list("product_id", flat=True))
