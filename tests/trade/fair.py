"""A market day with something on offer: a deal of three lamps, a spend-and-save of their store, and a discount of the market.

The buyer is in Brazil and pays in BRL: 4.80 for a dollar of the lamps' store, 1.50 for a zloty of the rugs', 6.00 for a euro of
the market's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from caravan.catalog.models import Variant
from caravan.people.actions.buyers import buyer_of_user
from caravan.promotions.actions.claiming import claim_coupon
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Coupon, Hold, Promotion, PromotionGoods
from caravan.shipping.models import FreeShipping
from caravan.trade.models import OrderLine
from caravan.trade.rules.cart import CartOwner
from tests import factories
from tests.factories import AT
from tests.promotions import claims
from tests.promotions.running import running, tiers
from tests.trade.scene import Scene, scene

LONG = {"since": AT - timedelta(hours=1), "until": AT + timedelta(days=300)}


@dataclass
class Fair:
    """`flash`: lamps at 7.00 USD instead of 10.00. `saved`: 5.00 USD off from 30.00 on. `gift`: 6.00 EUR off from 50.00 on."""

    day: Scene
    flash: PromotionGoods
    saved: Promotion
    gift: Promotion

    @property
    def lamp(self) -> Variant:
        return self.day.lamp

    @property
    def rug(self) -> Variant:
        return self.day.rug


def fair(*, pieces: int = 3, per_buyer: int | None = None) -> Fair:
    day = scene()
    flash = claims.deal(day.lamp.product, quantity=pieces, per_buyer=per_buyer, **LONG)
    saved = running(day.lamp.product.store, "spend_save", name="Saved", **LONG)
    tiers(saved, {"min_amount_minor": 3_000, "amount_minor": 500})
    return Fair(day, flash, saved, of_the_market({"min_amount_minor": 5_000, "amount_minor": 600}))


def of_the_market(*steps: dict[str, int], **fields) -> Promotion:
    made = running(None, "spend_save", **{"name": "Gift", **LONG, **fields})
    tiers(made, *steps)
    return made


def signed_in() -> CartOwner:
    return CartOwner(user_id=factories.user().pk)


def shipping_is_free(variant: Variant) -> None:
    FreeShipping.objects.create(
        store=variant.product.store, payer="store", least_minor=0, currency=variant.currency, starts_on=AT.date()
    )


def counted(fair: Fair) -> tuple[int, int, int, int]:
    """The lamps: free in stock, left of the deal, of the deal in purchases that wait for their money, sold by the deal."""
    stored = Variant.objects.get(pk=fair.lamp.pk)
    left = claims.left(fair.flash.pk)
    holds = Hold.objects.filter(goods=fair.flash)
    assert stored.set_aside == left + holds.filter(state="held").count()
    return (
        stored.stock - stored.set_aside, left, holds.filter(state="ordered").count(), holds.filter(state="sold").count()
    )  # fmt: skip


def line_of(variant: Variant) -> OrderLine:
    return OrderLine.objects.get(variant=variant)


def with_coupon(day: Fair, owner: CartOwner, *, of_market: bool = False, **fields) -> Coupon:
    """The owner's coupon of 2.00 USD from the lamps' store, or of 3.00 EUR from the market."""
    store = None if of_market else day.lamp.product.store
    given = {"currency": "EUR", "amount_minor": 300} if of_market else {"amount_minor": 200}
    kind = claims.coupon(store or day.rug.product.store, **{**given, **fields})
    if of_market:
        Promotion.objects.filter(pk=kind.pk).update(store=None)
    touch(store_ids=[store.pk if store else None])
    buyer_id = buyer_of_user(user_id=owner.user_id, at=AT)
    return Coupon.objects.get(pk=claim_coupon(promotion_id=kind.pk, buyer_id=buyer_id, market="BR", at=AT).coupon_id)


def state_of(coupon: Coupon) -> str:
    return Coupon.objects.values_list("state", flat=True).get(pk=coupon.pk)
