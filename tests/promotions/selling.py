"""A seller with goods of some age, and drafts of all six tools, for tests of what a seller does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from caravan.catalog.models import Price, Product, Variant
from caravan.kernel.money import Money
from caravan.promotions.actions.drafting import save_draft
from caravan.promotions.actions.starting import start_promotion
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BundleGoods,
    BuyGetDraft,
    CouponDraft,
    DealGoods,
    Draft,
    Frame,
    LimitedDraft,
    SpendSaveDraft,
    StoreWideDraft,
    TierDraft,
)
from caravan.stores.models import Store
from tests import factories
from tests.factories import AT


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def frame(**fields: Any) -> Frame:
    return Frame(**{"name": "Spring", "since": AT, "until": AT + timedelta(days=7), **fields})


@dataclass
class Seller:
    """Who sells a lamp at 20.00 and a rug at 50.00, ten pieces of each, both listed a year ago."""

    user_id: UUID
    store: Store
    lamp: Variant
    rug: Variant

    @property
    def who(self) -> dict[str, Any]:
        return {"user_id": self.user_id, "slug": self.store.slug}

    def save(self, draft: Draft, at: datetime = AT, **fields: Any) -> UUID:
        return save_draft(**self.who, draft=draft, at=at, **fields)

    def start(self, draft: Draft, at: datetime = AT) -> UUID:
        made = self.save(draft, at)
        start_promotion(**self.who, promotion_id=made, at=at)
        return made

    def deal(self, variant: Variant | None = None, **fields: Any) -> DealGoods:
        variant = variant or self.lamp
        given = {"product_id": variant.product_id, "variant_id": variant.pk, "price": usd(1500), **fields}
        return DealGoods(**given)

    def limited(self, *goods: DealGoods, **fields: Any) -> LimitedDraft:
        return LimitedDraft(frame=frame(**fields), goods=goods or (self.deal(),))

    def store_wide(self, percent: int = 10, **fields: Any) -> StoreWideDraft:
        scope = {"scope": fields.pop("scope")} if "scope" in fields else {}
        return StoreWideDraft(frame=frame(**fields), percent=percent, **scope)

    def drafts(self) -> list[Draft]:
        """One of each kind."""
        return [
            self.limited(),
            self.store_wide(),
            BuyGetDraft(frame=frame(), buy=2, get=1),
            SpendSaveDraft(frame=frame(), tiers=(TierDraft(min_amount=usd(5000), amount=usd(500)),)),
            self.bundle(),
            CouponDraft(frame=frame(), amount=usd(300), min_spend=usd(2000), valid_days=14, total=100),
        ]

    def bundle(self, **fields: Any) -> BundleDraft:
        goods = (BundleGoods(product_id=self.lamp.product_id), BundleGoods(product_id=self.rug.product_id))
        return BundleDraft(**{"frame": frame(), "goods": goods, "price": usd(6000), **fields})


def seller(**fields: Any) -> Seller:
    person = factories.user()
    store = factories.store(person, **fields)
    category = factories.category()
    made = [aged(factories.product(store, category, price_minor=p, title=t)) for p, t in ((2000, "Lamp"), (5000, "Rug"))]
    return Seller(person.pk, store, *(product.variants.get() for product in made))


def aged(product: Product, days: int = 365) -> Product:
    """The same product, listed so many days ago at the price it has."""
    Price.objects.filter(variant__product=product).update(since=AT - timedelta(days=days))
    return product


def sold_at(variant: Variant, minor: int, since: float, until: float, market: str = "") -> None:
    """So many days from AT the list price was another one, and before and afterwards what it is."""
    before, now = AT + timedelta(days=since), AT + timedelta(days=until)
    Price.objects.filter(variant=variant, market=market, until=None).update(until=before)
    Price.objects.create(variant=variant, market=market, minor=minor, currency=variant.currency, since=before, until=now)
    Price.objects.create(variant=variant, market=market, minor=variant.price_minor, currency=variant.currency, since=now)
