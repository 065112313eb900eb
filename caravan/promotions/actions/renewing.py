"""Discounts follow the goods: new ones are offered at those of the whole store, new variants at deals on their product, others at
what is now less of another list price."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from caravan.promotions.actions.offered import offer
from caravan.promotions.actions.standing import hold_prices, lock_owner
from caravan.promotions.models import Promotion, PromotionGoods
from caravan.promotions.queries.checks import history_of
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.queries.owners import Owner, owner_of
from caravan.promotions.rules.drafts import Kind, LimitedDraft, StoreWideDraft
from caravan.promotions.rules.truth import announcements
from caravan.stores.queries import stores_by_ids


def follow_goods(*, store_id: UUID, product_ids: Collection[UUID], at: datetime) -> None:
    """What discounts offer these goods at, from now on: their list prices, their variants, or the groups they are in, changed."""
    running = _running(store_id, product_ids, at)
    if not running.exists():
        return
    with transaction.atomic():
        lock_owner(store_id=store_id)
        owner = owner_of(stores_by_ids([store_id])[store_id])
        for promotion in running:
            follow(promotion=promotion, owner=owner, product_ids=product_ids, at=at)


def follow(*, promotion: Promotion, owner: Owner, product_ids: Collection[UUID], at: datetime) -> None:
    """The same of one promotion, inside the transaction of a caller that has the owner's lock."""
    draft = draft_of(promotion)
    if not isinstance(draft, LimitedDraft | StoreWideDraft):
        return
    hold_prices(promotion=promotion)
    known = history_of(owner, draft, at, only=product_ids)
    if isinstance(draft, LimitedDraft):
        draft = replace(draft, goods=tuple(row for row in draft.goods if row.product_id in known.goods))
    prices = announcements(draft, known.goods, known.past, known.start)
    offer(promotion=promotion, prices=prices, variant_ids=_variants(product_ids), at=at)


def _running(store_id: UUID, product_ids: Collection[UUID], at: datetime) -> QuerySet[Promotion]:
    """Those of the whole store or a group, and deals on these goods whatever the variant."""
    whole = PromotionGoods.objects.filter(product_id__in=product_ids, variant=None)
    about = Q(kind=Kind.STORE_WIDE) | Q(kind=Kind.LIMITED, pk__in=whole.values("promotion"))
    return Promotion.objects.filter(about, store_id=store_id, state=Promotion.State.ON, until__gt=at).order_by("pk")


def _variants(product_ids: Collection[UUID]) -> Sequence[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_variant WHERE product_id = ANY(%s)", [list(product_ids)])
        return [row[0] for row in cursor.fetchall()]
