"""A store sorts its products into groups that it promotes together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict
from caravan.promotions.actions.renewing import follow
from caravan.promotions.actions.stamps import touch
from caravan.promotions.actions.standing import lock_owner, tell
from caravan.promotions.models import GroupProduct, MarketingGroup, Promotion
from caravan.promotions.queries.goods import goods_by_id
from caravan.promotions.queries.groups import own_group, products_in
from caravan.promotions.queries.owners import Owner, owner_of
from caravan.promotions.queries.words import refused
from caravan.promotions.rules.goods import Refusal
from caravan.promotions.rules.quotas import QUOTAS
from caravan.stores.queries import store_for_member

NAME = 60


def save_group(
    *, user_id: UUID, slug: str, name: str, product_ids: Sequence[UUID], at: datetime, group_id: UUID | None = None
) -> UUID:
    """A group of these products, new or as it is from now on; discounts on it that run follow at once. Returns its id.

    Raises Invalid with a sentence for each field, NotFound.
    """
    owner, name = owner_of(store_for_member(user_id=user_id, slug=slug)), " ".join(name.split())
    assert owner.store is not None
    with transaction.atomic():
        lock_owner(store_id=owner.store.id)
        group = own_group(owner.store.id, group_id) if group_id else MarketingGroup(store_id=owner.store.id)
        wrong = list(_wrong(group, name, product_ids, is_new=group_id is None))
        if wrong:
            raise refused(wrong, owner.zone)
        group.name = name
        group.save()
        before, after = set(products_in(group.pk)), set(product_ids)
        GroupProduct.objects.filter(group=group, product_id__in=before - after).delete()
        GroupProduct.objects.bulk_create(GroupProduct(group=group, product_id=id) for id in sorted(after - before))
        if before != after:
            _changed(owner, group, before ^ after, at)
        return group.pk


def remove_group(*, user_id: UUID, slug: str, group_id: UUID) -> None:
    """Forget a group. Its products stay. Raises Conflict while a promotion is about it, NotFound."""
    owner = owner_of(store_for_member(user_id=user_id, slug=slug))
    assert owner.store is not None
    with transaction.atomic():
        lock_owner(store_id=owner.store.id)
        group = own_group(owner.store.id, group_id)
        if Promotion.objects.filter(group=group).exists():
            raise Conflict("group.used", _("A promotion is, or was, about this group. Take its products out instead."))
        group.delete()


def _wrong(group: MarketingGroup, name: str, product_ids: Sequence[UUID], *, is_new: bool) -> Iterator[Refusal]:
    groups = MarketingGroup.objects.filter(store_id=group.store_id)
    if is_new and groups.count() >= QUOTAS.groups:
        yield Refusal("name", "quota.groups", {"most": QUOTAS.groups})
    if not 1 <= len(name) <= NAME or groups.filter(name=name).exclude(pk=group.pk).exists():
        yield Refusal("name", "group.name", {"most": NAME})
    known = goods_by_id(group.store_id, product_ids)
    taken = dict(
        GroupProduct.objects.filter(product_id__in=product_ids).exclude(group=group).values_list("product_id", "group__name")
    )
    for i, product_id in enumerate(product_ids):
        if product_id not in known:
            yield Refusal(f"goods.{i}", "goods.unknown")
        elif product_id in taken:
            yield Refusal(f"goods.{i}", "group.taken", {"title": known[product_id].title, "other": taken[product_id]})


def _changed(owner: Owner, group: MarketingGroup, product_ids: set[UUID], at: datetime) -> None:
    running = list(Promotion.objects.filter(group=group, state=Promotion.State.ON, until__gt=at).order_by("pk"))
    for promotion in running:
        follow(promotion=promotion, owner=owner, product_ids=product_ids, at=at)
        tell(promotion=promotion, at=at, also=product_ids)
    if running:
        touch(store_ids=[group.store_id])
