"""What is on offer at the moment, whole: the day's rates, what the stores and the platform run, the coupons the buyer holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules.offers import Coupon, SpendSave, StoreOffers


@dataclass(frozen=True, slots=True)
class Terms:
    """`stores` are the offers of each store that has any, `coupons` what the buyer may use, `platform` the platform's discounts.

    Offers that are not open yet, or not to this buyer, may be among them: the engine looks. `left` is what those promotions may
    cost still that have a cap, in the currency of whoever offers them.
    """

    rates: RateTable
    stores: Mapping[UUID, StoreOffers] = field(default_factory=dict)
    coupons: tuple[Coupon, ...] = ()
    platform: tuple[SpendSave, ...] = ()
    left: Mapping[UUID, Money] = field(default_factory=dict)
