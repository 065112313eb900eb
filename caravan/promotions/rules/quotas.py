"""How much a store may have running at once: enough for a large one, and little enough that a price is found in a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from caravan.promotions.rules.drafts import Kind


@dataclass(frozen=True, slots=True)
class Quotas:
    """`running` counts those of a kind that are scheduled, live or paused; `drafts` those of all kinds that are not on yet."""

    running: Mapping[Kind, int] = field(
        default_factory=lambda: {
            Kind.LIMITED: 50,
            Kind.STORE_WIDE: 10,
            Kind.BUY_GET: 20,
            Kind.SPEND_SAVE: 10,
            Kind.BUNDLE: 50,
            Kind.COUPON: 50,
        }
    )
    drafts: int = 200
    goods: int = 200  # products and variants named in one promotion
    bundle_goods: int = 8
    tiers: int = 5
    groups: int = 50
    ahead: timedelta = timedelta(days=366)  # until its end
    longest: Mapping[Kind, timedelta] = field(
        default_factory=lambda: {
            Kind.LIMITED: timedelta(days=31),
            Kind.STORE_WIDE: timedelta(days=31),
            Kind.BUY_GET: timedelta(days=186),
            Kind.SPEND_SAVE: timedelta(days=186),
            Kind.BUNDLE: timedelta(days=186),
            Kind.COUPON: timedelta(days=186),
        }
    )


QUOTAS = Quotas()
