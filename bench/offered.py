"""A cart of 20 lines from four stores, and what is on offer for it: 50 promotions and 5 coupons, all of them live.

Two of it. In the one that `agrees`, no two offers want the same goods for themselves, so that any sound set of rules comes to the
same total; every list price is a multiple of 4.00 and every rate is a whole number of cents to it, so that nothing is rounded.
In the one that `competes` they do: two deals on a piece, sets made of the same goods, two ways to save by spending more, coupons
of which one may be used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import (
    Benefit,
    Bundle,
    BundleItem,
    BuyerFacts,
    BuyGet,
    CartFacts,
    Conditions,
    Coupon,
    Deal,
    DealKind,
    LineFacts,
    Payer,
    Scope,
    SpendSave,
    StoreOffers,
    Terms,
    Tier,
)

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOW = Conditions(AT - timedelta(days=3), AT + timedelta(days=4), markets=frozenset({"AR", "BR", "MX"}))
RATES = RateTable({"USD": Decimal("1.25"), "BRL": Decimal("6.25"), "PLN": Decimal(5)}, "2026-03-02", "ECB")
STORES = ("USD", "EUR", "PLN", "USD")  # their currencies
GOODS = 15  # of each store; the first five are in the cart
WANTED = (2, 1, 3, 1, 2)  # pieces of each of them
BUYER = BuyerFacts(is_known=True)


@dataclass(frozen=True, slots=True)
class Case:
    """`goods` are all that its stores have, in the cart or not."""

    cart: CartFacts
    terms: Terms
    goods: tuple[LineFacts, ...] = ()

    @property
    def promotions(self) -> int:
        every = [
            *(deal for some in self.terms.stores.values() for deals in some.deals.values() for deal in deals),
            *(offer for s in self.terms.stores.values() for offer in (*s.wide, *s.bundles, *s.buy_gets, *s.spend_saves)),
        ]
        return len(every) + len(self.terms.platform)


@dataclass(frozen=True, slots=True)
class Shop:
    """A store of the bench: `goods` by number from 1."""

    id: UUID
    currency: str
    goods: tuple[LineFacts, ...]
    ids: Iterator[UUID]

    def __getitem__(self, number: int) -> LineFacts:
        return self.goods[number - 1]

    def money(self, major: int) -> Money:
        return Money.of(major, self.currency)

    def scope(self, *numbers: int) -> Scope:
        return Scope(products=frozenset(self[n].product_id for n in numbers))

    def deal(self, number: int, percent: int, left: int = 500, per_buyer: int | None = None) -> Deal:
        id = next(self.ids)
        return Deal(
            id, id, DealKind.LIMITED, NOW, "Deal", self.scope(number), percent=percent, left=left, per_buyer=per_buyer
        )  # fmt: skip

    def wide(self, percent: int, scope: Scope) -> Deal:
        id = next(self.ids)
        return Deal(id, id, DealKind.STORE_WIDE, NOW, "All of it", scope, percent=percent)

    def bundle(self, price: int, *numbers: int) -> Bundle:
        items = tuple(BundleItem(self[n].product_id, 1) for n in numbers)
        return Bundle(next(self.ids), NOW, items, self.money(price), "Together", times=1)

    def buy_get(self, buy: int, scope: Scope, percent: int = 100, gifts: Scope | None = None) -> BuyGet:
        return BuyGet(next(self.ids), NOW, buy, 1, "One more", percent, scope, gifts, times=1)

    def spend_save(self, *tiers: tuple[int, int], scope: Scope | None = None) -> SpendSave:
        """Tiers of an amount spent and an amount saved."""
        rules = tuple(Tier(Benefit(amount=self.money(off)), min_amount=self.money(spent)) for spent, off in tiers)
        return SpendSave(next(self.ids), NOW, rules, "The more", scope or Scope())


def agrees() -> Case:
    return _case(_agreeing, _one_coupon_each)


def competes() -> Case:
    return _case(_competing, _coupons_that_compete)


def without_offers() -> Case:
    case = agrees()
    return Case(case.cart, Terms(RATES))


def listing(cards: int = 48, stores: int = 12) -> Case:
    """Goods of as many stores as a page of a list shows, each with all its offers."""
    ids = _ids()
    shops = [_shop(STORES[n % 4], ids) for n in range(stores)]
    shown = tuple(shops[n % stores][1 + n // stores] for n in range(cards))
    return Case(CartFacts("BR", "BRL", shown, BUYER), Terms(RATES, {shop.id: _competing(shop) for shop in shops}))


def _case(offers_of, coupons_of) -> Case:
    ids = _ids()
    shops = [_shop(currency, ids) for currency in STORES]
    terms = Terms(RATES, {shop.id: offers_of(shop) for shop in shops}, coupons_of(shops, ids), _of_platform(ids))
    cart = CartFacts("BR", "BRL", tuple(line for shop in shops for line in shop.goods[: len(WANTED)]), BUYER)
    return Case(cart, terms, tuple(line for shop in shops for line in shop.goods))


def _ids() -> Iterator[UUID]:
    random = Random(50)
    while True:
        yield UUID(int=random.getrandbits(128), version=4)


def _shop(currency: str, ids: Iterator[UUID]) -> Shop:
    store = next(ids)
    goods = tuple(
        LineFacts(
            variant_id=next(ids),
            product_id=next(ids),
            store_id=store,
            quantity=WANTED[n % len(WANTED)],
            list_price=Money.of(4 * (n + 5), currency),
            category="home/tools" if n % 5 == 1 else "home/lamps",
        )
        for n in range(GOODS)
    )
    return Shop(store, currency, goods, ids)


def _agreeing(shop: Shop) -> StoreOffers:
    deals = [shop.deal(1, 20, left=1), *(shop.deal(n, 10 + n) for n in (6, 7, 8, 9))]
    return StoreOffers(
        deals=_by_product(deals),
        wide=(shop.wide(10, Scope(categories=("home/tools",))),),
        bundles=(shop.bundle(50, 4, 5), shop.bundle(60, 4, 10)),
        buy_gets=(shop.buy_get(2, shop.scope(3)), shop.buy_get(2, shop.scope(11, 12))),
        spend_saves=(
            shop.spend_save((60, 3), (120, 8), (400, 40)),
            shop.spend_save((50, 5), (90, 10), scope=shop.scope(13, 14, 15)),
        ),
    )


def _competing(shop: Shop) -> StoreOffers:
    deals = [shop.deal(1, 20, left=1), shop.deal(2, 25, per_buyer=2), shop.deal(3, 15), shop.deal(6, 30), shop.deal(7, 30)]
    by_pieces = tuple(Tier(Benefit(percent=off, cap=shop.money(12)), min_items=n) for n, off in ((3, 3), (6, 6)))
    return StoreOffers(
        deals=_by_product(deals),
        wide=(shop.wide(10, Scope()),),
        bundles=(shop.bundle(50, 4, 5), shop.bundle(60, 4, 10)),
        buy_gets=(shop.buy_get(2, shop.scope(3, 4, 5), percent=50), shop.buy_get(1, shop.scope(1), gifts=shop.scope(2))),
        spend_saves=(
            shop.spend_save((60, 3), (120, 8), (400, 40)),
            SpendSave(next(shop.ids), NOW, by_pieces, "The more pieces"),
        ),
    )


def _by_product(deals: list[Deal]) -> dict[UUID, tuple[Deal, ...]]:
    return {product: (deal,) for deal in deals for product in deal.scope.products or ()}


def _of_platform(ids: Iterator[UUID]) -> tuple[SpendSave, ...]:
    def tier(spent: int, off: int) -> Tier:
        return Tier(Benefit(amount=Money.of(off, "USD")), min_amount=Money.of(spent, "USD"))

    first = SpendSave(next(ids), NOW, (tier(100, 4), tier(300, 15)), "The market", payer=Payer.PLATFORM)
    return (first, SpendSave(next(ids), NOW, (tier(1500, 90),), "The market, in large", payer=Payer.PLATFORM))


def _one_coupon_each(shops: list[Shop], ids: Iterator[UUID]) -> tuple[Coupon, ...]:
    """Percentages of goods that no deal makes cheaper, amounts of all."""
    first, second, third, fourth = shops
    return (
        Coupon(next(ids), next(ids), NOW, Benefit(percent=5), first.id, "5%", scope=first.scope(3, 4, 5)),
        Coupon(next(ids), next(ids), NOW, Benefit(amount=second.money(6)), second.id, "6", second.money(80)),
        Coupon(next(ids), next(ids), NOW, Benefit(amount=third.money(7)), third.id, "7"),
        Coupon(next(ids), next(ids), NOW, Benefit(percent=10), fourth.id, "10%", scope=fourth.scope(5)),
        Coupon(next(ids), next(ids), NOW, Benefit(amount=Money.of(9, "USD")), None, "9", payer=Payer.PLATFORM),
    )


def _coupons_that_compete(shops: list[Shop], ids: Iterator[UUID]) -> tuple[Coupon, ...]:
    first, second, *_ = shops
    return (
        Coupon(next(ids), next(ids), NOW, Benefit(percent=5, cap=first.money(8)), first.id, "5%"),
        Coupon(next(ids), next(ids), NOW, Benefit(amount=first.money(6)), first.id, "6", first.money(80)),
        Coupon(next(ids), next(ids), NOW, Benefit(amount=second.money(7)), second.id, "7", stackable=True),
        Coupon(next(ids), next(ids), NOW, Benefit(percent=10, cap=Money.of(20, "USD")), None, "10%", payer=Payer.PLATFORM),
        Coupon(next(ids), next(ids), NOW, Benefit(amount=Money.of(9, "USD")), None, "9", payer=Payer.PLATFORM),
    )
