"""What a market and its stores offer, as the engine reads it. Amounts are in the currency of whoever offers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.facts import BuyerFacts, LineFacts

PLATFORM_CURRENCY = "EUR"
NO_PRICES: Mapping[UUID, Money] = MappingProxyType({})


class Payer(StrEnum):
    """Who bears a cut."""

    STORE = "store"
    PLATFORM = "platform"
    AFFILIATE = "affiliate"


class Audience(StrEnum):
    EVERYONE = "everyone"
    NEW_BUYERS = "new_buyers"  # signed in, and nothing bought from this store yet; the platform's: from no store
    FOLLOWERS = "followers"
    SEGMENT = "segment"


class Stage(IntEnum):
    """The order in which cuts are taken: store discounts, store coupons, platform coupons, platform discounts."""

    BUNDLE = 1
    BUY_GET = 2
    SPEND_SAVE = 3
    STORE_COUPON = 4
    PLATFORM_COUPON = 5
    PLATFORM_DISCOUNT = 6

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Conditions:
    """When, where and for whom: from `since` until before `until` (None: no end), in `markets` (empty: all)."""

    since: datetime
    until: datetime | None = None
    markets: frozenset[str] = frozenset()
    audience: Audience = Audience.EVERYONE
    segment_id: UUID | None = None

    def met(self, market: str, buyer: BuyerFacts, store_id: UUID | None, at: datetime) -> bool:
        if at < self.since or (self.until is not None and at >= self.until) or (self.markets and market not in self.markets):
            return False
        match self.audience:
            case Audience.EVERYONE:
                return True
            case Audience.NEW_BUYERS:
                return buyer.is_known and not (store_id in buyer.bought_from if store_id else buyer.bought_from)
            case Audience.FOLLOWERS:
                return store_id in buyer.follows
            case Audience.SEGMENT:
                return self.segment_id in buyer.segments


@dataclass(frozen=True, slots=True)
class Scope:
    """The goods something is about: chosen `products`, whole `categories` (paths), or with neither all there are."""

    products: frozenset[UUID] | None = None
    categories: tuple[str, ...] = ()

    def covers(self, line: LineFacts) -> bool:
        if self.products is not None:
            return line.product_id in self.products
        if not self.categories:
            return True
        category = f"{line.category}/"
        return any(category.startswith(f"{path}/") for path in self.categories)


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Benefit:
    """What is taken off: an `amount`, or `percent` (1 to 100) of the goods, at most `cap`."""

    percent: int = 0
    amount: Money | None = None
    cap: Money | None = None


class DealKind(IntEnum):
    """The winner at item level is the lowest of these that is there, however low another one's price."""

    CAMPAIGN = 1
    LIMITED = 2
    STORE_WIDE = 3

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Deal:
    """Another price for goods: `percent` off the list price, or the `prices` of single variants.

    `left` is how many pieces there still are at it (None: no end) of so many (`of`), `per_buyer` how many each buyer may have.
    `scope` says which products; of those, `variants` only, where not None. `id` is what `BuyerFacts.used` counts by.
    """

    id: UUID
    promotion_id: UUID
    kind: DealKind
    when: Conditions
    name: str = ""
    scope: Scope = EVERYTHING
    variants: frozenset[UUID] | None = None
    percent: int = 0
    prices: Mapping[UUID, Money] = field(default_factory=lambda: NO_PRICES)
    left: int | None = None
    of: int | None = None
    per_buyer: int | None = None

    @property
    def is_limited(self) -> bool:
        """Whether pieces of it are counted."""
        return self.left is not None or self.per_buyer is not None

    def price(self, line: LineFacts) -> Money | None:
        """One piece of `line` at this deal, in the store's currency; None where it is not about it or would not be cheaper."""
        minor = self.minor(line) if self.scope.covers(line) else None
        return Money(minor, line.list_price.currency) if minor is not None else None

    def minor(self, line: LineFacts) -> int | None:
        """The same, in minor units, of a line of its scope."""
        if self.variants is not None and line.variant_id not in self.variants:
            return None
        listed, own = line.list_price.minor, self.prices.get(line.variant_id) if self.prices else None
        if own is None and not self.percent:
            return None
        minor = own.minor if own is not None else _less(listed, self.percent)
        return minor if minor < listed else None


def reduced(price: Money, percent: int) -> Money:
    """`price` less `percent`, rounded half up to the minor unit; never below one unit."""
    return Money(_less(price.minor, percent), price.currency)


def _less(minor: int, percent: int) -> int:
    return max(1, (2 * minor * (100 - percent) + 100) // 200)


@dataclass(frozen=True, slots=True)
class BundleItem:
    product_id: UUID
    quantity: int
    variants: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Goods that cost `price` together; at most `times` in an order (None: as often as there are goods for it)."""

    id: UUID
    when: Conditions
    items: tuple[BundleItem, ...]
    price: Money
    name: str = ""
    times: int | None = None


@dataclass(frozen=True, slots=True)
class BuyGet:
    """Who buys `buy` pieces of `scope` gets `get` more at `percent` off (100: free), at most `times` in an order.

    With `gifts` the pieces got are of those goods; without, of the same ones, and then the cheapest of each set.
    """

    id: UUID
    when: Conditions
    buy: int
    get: int
    name: str = ""
    percent: int = 100
    scope: Scope = EVERYTHING
    gifts: Scope | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """Reached by goods of `min_amount` (at their prices on the cards), or by `min_items` pieces."""

    benefit: Benefit
    min_amount: Money | None = None
    min_items: int = 0


@dataclass(frozen=True, slots=True)
class SpendSave:
    """The more one buys, the more one saves; of its tiers the one that saves most counts. `payer` bears it."""

    id: UUID
    when: Conditions
    tiers: tuple[Tier, ...]
    name: str = ""
    scope: Scope = EVERYTHING
    payer: Payer = Payer.STORE


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon the buyer holds. `id` is this one's, `promotion_id` that of its kind. `store_id` None: the platform's.

    Goods of `scope` must come to `min_spend` at their prices on the cards. One coupon of a store and one of the platform an
    order, besides those that are `stackable`. `left`: what its promotion may cost still (None: as much as it comes to).
    """

    id: UUID
    promotion_id: UUID
    when: Conditions
    benefit: Benefit
    store_id: UUID | None = None
    name: str = ""
    min_spend: Money | None = None
    scope: Scope = EVERYTHING
    stackable: bool = False
    payer: Payer = Payer.STORE
    left: Money | None = None


@dataclass(frozen=True, slots=True)
class StoreOffers:
    """All a store has running. `deals` are by product, `wide` those of whole groups of goods. `capped`: the promotions among them
    that may cost only so much."""

    deals: Mapping[UUID, tuple[Deal, ...]] = field(default_factory=dict)
    wide: tuple[Deal, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    buy_gets: tuple[BuyGet, ...] = ()
    spend_saves: tuple[SpendSave, ...] = ()
    capped: frozenset[UUID] = frozenset()


NO_OFFERS = StoreOffers()
