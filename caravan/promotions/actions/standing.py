"""What it means for the rest of the market that a promotion is on: pieces set aside, prices locked and offered, pages told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from caravan.catalog.actions import lock_prices, unlock_prices
from caravan.catalog.actions.stock import free_aside, set_aside
from caravan.outbox.actions import record
from caravan.promotions.actions.buckets import empty_buckets, fill_buckets
from caravan.promotions.actions.offered import offer, withdraw
from caravan.promotions.actions.stamps import touch
from caravan.promotions.events import PromotionChanged
from caravan.promotions.models import Coupon, GroupProduct, Hold, Promotion, PromotionGoods
from caravan.promotions.queries.checks import Checked
from caravan.promotions.queries.offers import PLATFORM
from caravan.promotions.rules.drafts import Kind
from caravan.promotions.rules.lifecycle import status

MOST_TOLD = 1000  # products in one event


def lock_owner(*, store_id: UUID | None) -> None:
    """One change of a store's promotions at a time, until the transaction ends: what may run beside what is decided by the
    others, and of those that are not there yet no row could be locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('promotions:' || %s, 0))", [str(store_id or PLATFORM)])


def lock_goods(*, promotion: Promotion) -> None:
    """Whoever gives pieces back to one of its deals that has no buckets is waited for, or waits: before variants are locked."""
    limited = PromotionGoods.objects.filter(promotion=promotion, quantity__isnull=False)
    list(limited.select_for_update(no_key=True).order_by("id").values_list("id"))


def hold_prices(*, promotion: Promotion) -> None:
    """The list prices of what a limited deal or a bundle names stay as they are while it is on. Before they are looked at."""
    if promotion.kind not in (Kind.LIMITED, Kind.BUNDLE):
        return
    rows = list(PromotionGoods.objects.filter(promotion=promotion).values_list("product_id", "variant_id"))
    whole = [product_id for product_id, variant_id in rows if variant_id is None]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_variant WHERE product_id = ANY(%s) AND is_active", [whole])
        variants = {row[0] for row in cursor.fetchall()} | {variant_id for _, variant_id in rows if variant_id}
    lock_prices(holder_id=promotion.pk, variant_ids=variants, until=promotion.until)


def put_up(*, promotion: Promotion, found: Checked, at: datetime) -> None:
    """It is on from `at`, or from when it begins. `found` is what was found looking at it under the locks of this transaction.

    Raises Conflict where fewer pieces are in stock than are to be set aside.
    """
    _set_aside(promotion)
    if promotion.kind == Kind.COUPON and promotion.total is not None:
        left = promotion.total - Coupon.objects.filter(promotion=promotion).count()
        if left > 0:
            fill_buckets(subject_id=promotion.pk, pieces=left)
    offer(promotion=promotion, prices=found.announcements, at=at)
    promotion.state = Promotion.State.ON
    promotion.ended_at = None
    keep(promotion=promotion, at=at)


def take_down(*, promotion: Promotion, state: str, at: datetime) -> None:
    """It is on no more, but `state`; or its time is over and the state stays. What was set aside and is left goes back."""
    _give_back(promotion)
    if promotion.kind == Kind.COUPON:
        empty_buckets(subject_id=promotion.pk)
    unlock_prices(holder_id=promotion.pk)
    withdraw(promotion=promotion, at=at)
    promotion.state = state
    keep(promotion=promotion, at=at)


def keep(*, promotion: Promotion, at: datetime) -> None:
    """Store where it stands, and say so."""
    promotion.told = status(promotion.state, promotion.since, promotion.until, at)
    promotion.changed_at = at
    promotion.save(update_fields=["state", "since", "told", "changed_at", "ended_at"])
    tell(promotion=promotion, at=at)
    touch(store_ids=[promotion.store_id])


def tell(*, promotion: Promotion, at: datetime, also: Iterable[UUID] = ()) -> None:
    """Whoever keeps something of its goods (`also` of those that were among them) looks again."""
    products = tuple(sorted({*_products(promotion), *also}))
    record(
        PromotionChanged(
            at=at, promotion_id=promotion.pk, store_id=promotion.store_id, kind=promotion.kind, status=promotion.told,
            product_ids=products if len(products) <= MOST_TOLD else (),
            is_whole_store=promotion.store_id is not None and (not products or len(products) > MOST_TOLD),
        )
    )  # fmt: skip


def _products(promotion: Promotion) -> Iterable[UUID]:
    if promotion.group_id:
        return GroupProduct.objects.filter(group_id=promotion.group_id).values_list("product_id", flat=True)
    return PromotionGoods.objects.filter(promotion=promotion).values_list("product_id", flat=True)


def _set_aside(promotion: Promotion) -> None:
    """The pieces of limited deals, less those that buyers have of it from before."""
    rows = PromotionGoods.objects.filter(promotion=promotion, quantity__isnull=False, is_set_aside=False).order_by("id")
    wanted: list[tuple[UUID, int]] = []
    for row in rows:
        pieces = (row.quantity or 0) - Hold.objects.filter(goods=row).count()
        if pieces > 0 and row.variant_id:
            fill_buckets(subject_id=row.pk, pieces=pieces)
            wanted.append((row.variant_id, pieces))
    if wanted:
        set_aside(wanted=wanted)
    rows.update(is_set_aside=True)


def _give_back(promotion: Promotion) -> None:
    rows = list(PromotionGoods.objects.filter(promotion=promotion, is_set_aside=True).order_by("id"))
    left = [(row.variant_id, empty_buckets(subject_id=row.pk)) for row in rows]
    given = [(variant_id, pieces) for variant_id, pieces in left if variant_id and pieces]
    if given:
        free_aside(given=given)
    PromotionGoods.objects.filter(pk__in=[row.pk for row in rows]).update(is_set_aside=False)
