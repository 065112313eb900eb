"""Promotions as they stand in the tables while they run, for tests of what buyers see of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from caravan.catalog.models import Price, Product, Variant
from caravan.promotions.actions.buckets import fill_buckets
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import OfferedPrice, Promotion, PromotionGoods, Tier
from caravan.stores.models import Store


def running(
    store: Store | None, kind: str, *, since: datetime | None = None, hours: float = 2, at: datetime | None = None, **fields
) -> Promotion:
    """On since an hour before `at` (now), for two hours after it, unless told otherwise."""
    at = at or timezone.now()
    begun = since or at - timedelta(hours=1)
    made = Promotion.objects.create(
        **{
            "store": store, "kind": kind, "name": "Spring", "state": "on", "currency": store.currency if store else "EUR",
            "since": begun, "until": at + timedelta(hours=hours), **fields,
        }
    )  # fmt: skip
    touch(store_ids=[store.pk if store else None])
    return made


def deal(
    product: Product, *, percent: int = 25, pieces: int | None = None, variant: Variant | None = None, **fields
) -> PromotionGoods:
    """A limited-time deal on the product; with `pieces`, so many of its one variant and no more."""
    goods = {key: fields.pop(key) for key in ("per_buyer",) if key in fields}
    promotion = running(product.store, "limited", **{"name": "Flash", **fields})
    variant = variant or (product.variants.get() if pieces else None)
    made = PromotionGoods.objects.create(
        promotion=promotion, product=product, variant=variant, percent=percent, quantity=pieces, **goods
    )
    if pieces:
        fill_buckets(subject_id=made.pk, pieces=pieces)
    for one in product.variants.all() if variant is None else [variant]:
        minor = max(1, (2 * one.price_minor * (100 - percent) + 100) // 200)
        OfferedPrice.objects.create(
            promotion=promotion, variant=one, minor=minor, currency=one.currency, since=promotion.since, until=promotion.until
        )
    touch(store_ids=[product.store_id])
    return made


def listed_since(product: Product, days: int) -> None:
    """As if it had its list prices for so many days: long enough, and a discount may be announced."""
    Price.objects.filter(variant__product=product).update(since=timezone.now() - timedelta(days=days))


def tiers(promotion: Promotion, *steps: dict[str, int]) -> None:
    for number, step in enumerate(steps):
        Tier.objects.create(promotion=promotion, number=number, **step)
    touch(store_ids=[promotion.store_id])


def bundle(store: Store, price_minor: int, *goods: tuple[Product, int], **fields) -> Promotion:
    made = running(store, "bundle", amount_minor=price_minor, **{"name": "Desk set", **fields})
    for product, each in goods:
        PromotionGoods.objects.create(promotion=made, product=product, each=each)
    touch(store_ids=[store.pk])
    return made
