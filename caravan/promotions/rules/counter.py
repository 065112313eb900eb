"""Where a store, or the platform, takes its discounts and coupons off: each of them measured once by the goods it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from caravan.promotions.rules.cuts import Minor, Option, Rung, coupon_option, rung_of, rungs, tier_options
from caravan.promotions.rules.nearly import nearly_coupon, nearly_tier
from caravan.promotions.rules.offers import Coupon, SpendSave, Stage
from caravan.promotions.rules.quoted import Nearly
from caravan.promotions.rules.shelf import Goods, Shelf
from caravan.promotions.rules.till import Till


class Counter(NamedTuple):
    """The platform's where `store_id` is None. What no goods are there for is not among them."""

    store_id: UUID | None
    discounts: Sequence[tuple[SpendSave, Goods, list[Rung]]] = ()
    coupons: Sequence[tuple[Coupon, Goods, Rung]] = ()

    def tiers(self) -> tuple[Option, ...]:
        stage = Stage.SPEND_SAVE if self.store_id else Stage.PLATFORM_DISCOUNT
        return tuple([one for offer, goods, ladder in self.discounts for one in tier_options(offer, stage, goods, ladder)])

    def usable(self) -> tuple[Option, ...]:
        found = [coupon_option(coupon, goods, rung) for coupon, goods, rung in self.coupons]
        return tuple([option for option in found if option])

    def nearly(self, till: Till) -> Iterator[Nearly | None]:
        for offer, goods, ladder in self.discounts:
            yield nearly_tier(offer, self.store_id, goods, ladder, till)
        for coupon, goods, rung in self.coupons:
            yield nearly_coupon(coupon, goods, rung, till)


NOTHING_OFF = Counter(None)


def counter(
    store_id: UUID | None, shelf: Shelf, discounts: Sequence[SpendSave], coupons: Sequence[Coupon], minor: Minor
) -> Counter:
    """What a store (None: the platform) may take off orders of the goods on its shelf, worked out once for all that is asked."""
    about_discounts = [(offer, shelf.about(offer.scope)) for offer in discounts]
    about_coupons = [(coupon, shelf.about(coupon.scope)) for coupon in coupons]
    return Counter(
        store_id,
        [(offer, goods, rungs(offer, goods, minor)) for offer, goods in about_discounts if goods.amount],
        [(coupon, goods, rung_of(coupon, goods, minor)) for coupon, goods in about_coupons if goods.amount],
    )
