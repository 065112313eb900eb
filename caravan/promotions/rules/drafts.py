"""What a store (or the platform) says about a promotion before it starts: one shape per tool, filled in by form, file and API.

Amounts are in the owner's currency. Whether it may start is told by `rules/drafting`, by `rules/truth.py` and, for what runs
beside it, by `rules/quotas.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.offers import Audience


class Kind(StrEnum):
    LIMITED = "limited"
    STORE_WIDE = "store_wide"
    BUY_GET = "buy_get"
    SPEND_SAVE = "spend_save"
    BUNDLE = "bundle"
    COUPON = "coupon"


class Means(StrEnum):
    """How a coupon comes to a buyer."""

    COLLECT = "collect"
    CODE = "code"
    TARGETED = "targeted"
    FOLLOWER = "follower"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every promotion says: what buyers read, when, where, for whom, and what it may cost at most (`budget`).

    `segment` is the code of one (`rules/segments.py`) where the audience is that. `ref` is its id in the file it came from.
    """

    name: str
    since: datetime
    until: datetime
    markets: tuple[str, ...] = ()
    audience: Audience = Audience.EVERYONE
    segment: str = ""
    budget: Money | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class ScopeDraft:
    """The goods it is about: chosen `products`, a marketing group, whole `categories` (paths), or with none of them all."""

    products: tuple[UUID, ...] | None = None
    group_id: UUID | None = None
    categories: tuple[str, ...] = ()


EVERYTHING = ScopeDraft()


@dataclass(frozen=True, slots=True, kw_only=True)
class DealGoods:
    """A product in a limited deal, or one variant of it: `percent` off, or the `price` of that variant.

    `quantity`: so many pieces of the variant and no more; `per_buyer`: so many for each buyer.
    """

    product_id: UUID
    variant_id: UUID | None = None
    percent: int = 0
    price: Money | None = None
    quantity: int | None = None
    per_buyer: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitedDraft:
    kind: ClassVar = Kind.LIMITED
    frame: Frame
    goods: tuple[DealGoods, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreWideDraft:
    kind: ClassVar = Kind.STORE_WIDE
    frame: Frame
    percent: int
    scope: ScopeDraft = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyGetDraft:
    """`gifts` empty: the pieces got are of the same goods."""

    kind: ClassVar = Kind.BUY_GET
    frame: Frame
    buy: int
    get: int
    percent: int = 100
    scope: ScopeDraft = EVERYTHING
    gifts: tuple[UUID, ...] = ()
    times: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierDraft:
    min_amount: Money | None = None
    min_items: int = 0
    percent: int = 0
    amount: Money | None = None
    cap: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendSaveDraft:
    kind: ClassVar = Kind.SPEND_SAVE
    frame: Frame
    tiers: tuple[TierDraft, ...]
    scope: ScopeDraft = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleGoods:
    product_id: UUID
    variant_id: UUID | None = None
    each: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleDraft:
    kind: ClassVar = Kind.BUNDLE
    frame: Frame
    goods: tuple[BundleGoods, ...]
    price: Money
    times: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponDraft:
    """A face value (`amount`) or `percent` with an optional `cap`. It may be claimed while the frame's time runs, and used from
    `valid_since` until `valid_until`, or for `valid_days` from the claim."""

    kind: ClassVar = Kind.COUPON
    frame: Frame
    means: Means = Means.COLLECT
    percent: int = 0
    amount: Money | None = None
    cap: Money | None = None
    min_spend: Money | None = None
    scope: ScopeDraft = EVERYTHING
    code: str = ""
    stackable: bool = False
    total: int | None = None
    per_buyer: int = 1
    valid_since: datetime | None = None
    valid_until: datetime | None = None
    valid_days: int | None = None


Draft = LimitedDraft | StoreWideDraft | BuyGetDraft | SpendSaveDraft | BundleDraft | CouponDraft


def scope_of(draft: Draft) -> ScopeDraft:
    """The goods a draft is about, whatever its kind."""
    if isinstance(draft, LimitedDraft | BundleDraft):
        return ScopeDraft(products=tuple(dict.fromkeys(goods.product_id for goods in draft.goods)))
    return draft.scope


def named_products(draft: Draft) -> tuple[UUID, ...]:
    """Every product a draft names, each once."""
    gifts = draft.gifts if isinstance(draft, BuyGetDraft) else ()
    return tuple(dict.fromkeys((*(scope_of(draft).products or ()), *gifts)))
