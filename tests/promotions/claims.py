"""A store with a coupon to collect and a deal of a few pieces, and people who want them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from caravan.catalog.actions.stock import set_aside
from caravan.kernel.ids import uuid7
from caravan.people.models import Buyer
from caravan.promotions.actions.buckets import fill_buckets
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Bucket, Promotion, PromotionGoods
from tests import factories
from tests.factories import AT

ANY = object()


def buyer(**fields) -> UUID:
    return Buyer.objects.create(created_at=AT, **fields).pk


def buyers(n: int) -> list[UUID]:
    return [one.pk for one in Buyer.objects.bulk_create([Buyer(id=uuid7(), created_at=AT) for _ in range(n)])]


def coupon(store=ANY, *, total=None, **fields) -> Promotion:
    """One of a store (None: the platform's) that runs for a week from AT, 5.00 off; `total` of them, or as many as are wanted."""
    store = factories.store() if store is ANY else store
    values = {
        "kind": "coupon", "name": "Welcome", "state": "on", "currency": "USD", "since": AT, "until": AT + timedelta(days=7),
        "amount_minor": 500, "means": "collect", "total": total, **fields,
    }  # fmt: skip
    made = Promotion.objects.create(store=store, **values)
    if total:
        with transaction.atomic():
            fill_buckets(subject_id=made.pk, pieces=total)
    return made


def deal(
    product=None, *, quantity: int | None = 5, per_buyer: int | None = None, price_minor: int = 700, **fields
) -> PromotionGoods:
    """Goods of a deal that runs for a week from AT: `quantity` pieces of them set aside, at 7.00 instead of 10.00."""
    product = product or factories.product(factories.store(), factories.category(), stock=max(10, quantity or 0))
    values = {"kind": "limited", "name": "Flash", "state": "on", "currency": "USD", "since": AT, "until": AT + timedelta(days=7)}
    promotion = Promotion.objects.create(store=product.store, **{**values, **fields})
    made = PromotionGoods.objects.create(
        promotion=promotion, product=product, variant=product.variants.order_by("price_minor", "position").first(),
        price_minor=price_minor, quantity=quantity, per_buyer=per_buyer, is_set_aside=quantity is not None,
    )  # fmt: skip
    with transaction.atomic():
        if quantity:
            set_aside(wanted=[(made.variant_id, quantity)])
            fill_buckets(subject_id=made.pk, pieces=quantity)
        touch(store_ids=[product.store_id])
    return made


def left(subject_id: UUID) -> int:
    return Bucket.objects.filter(subject_id=subject_id).aggregate(n=Sum("left"))["n"] or 0
