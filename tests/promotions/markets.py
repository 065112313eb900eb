"""Small markets with everything on offer at once, for tests of what must hold whatever is on offer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import (
    Benefit,
    Bundle,
    BundleItem,
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
from tests.factories import AT

RATES = RateTable({"USD": Decimal("1.25"), "BRL": Decimal("6"), "JPY": Decimal("160")}, "2026-03-02", "ECB")
NOW = Conditions(AT - timedelta(days=1), AT + timedelta(days=1))
PRODUCTS = range(1, 4)
STORES = (1, 2)


def id_of(*parts: int) -> UUID:
    """An id that says what it is of: the kind, the store, the number."""
    return UUID(int=sum(part << (32 * n) for n, part in enumerate(reversed(parts))))


def product_id(store: int, n: int) -> UUID:
    return id_of(1, store, n)


def store_id(store: int) -> UUID:
    return id_of(2, store)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


small = st.integers(1, 60)
percents = st.sampled_from([1, 10, 33, 50, 100])
benefits = st.one_of(
    st.builds(lambda minor: Benefit(amount=usd(minor)), small),
    st.builds(lambda percent: Benefit(percent=percent), percents),
    st.builds(lambda percent, cap: Benefit(percent=percent, cap=usd(cap)), percents, small),
)


@st.composite
def scopes(draw, store: int | None = None) -> Scope:
    stores = STORES if store is None else (store,)
    if draw(st.booleans()):
        return Scope()
    chosen = draw(st.sets(st.sampled_from([product_id(s, n) for s in stores for n in PRODUCTS]), min_size=1))
    return Scope(products=frozenset(chosen))


@st.composite
def tiers(draw) -> tuple[Tier, ...]:
    one = st.one_of(
        st.builds(lambda minor, benefit: Tier(benefit, min_amount=usd(minor)), st.integers(1, 150), benefits),
        st.builds(lambda n, benefit: Tier(benefit, min_items=n), st.integers(1, 4), benefits),
    )
    return tuple(draw(st.lists(one, min_size=1, max_size=2)))


@st.composite
def deals(draw, store: int, n: int) -> Deal:
    product = draw(st.sampled_from(PRODUCTS))
    return Deal(
        id=id_of(3, store, n),
        promotion_id=id_of(3, store, n),
        kind=draw(st.sampled_from([DealKind.CAMPAIGN, DealKind.LIMITED])),
        when=NOW,
        scope=Scope(products=frozenset([product_id(store, product)])),
        percent=draw(percents),
        left=draw(st.none() | st.integers(0, 2)),
        per_buyer=draw(st.none() | st.integers(1, 2)),
    )


@st.composite
def bundles(draw, store: int, n: int) -> Bundle:
    chosen = draw(st.sets(st.sampled_from(PRODUCTS), min_size=2, max_size=2))
    items = tuple(BundleItem(product_id(store, p), draw(st.integers(1, 2))) for p in sorted(chosen))
    return Bundle(id_of(4, store, n), NOW, items, usd(draw(small)), times=draw(st.none() | st.just(1)))


@st.composite
def buy_gets(draw, store: int, n: int) -> BuyGet:
    return BuyGet(
        id=id_of(5, store, n),
        when=NOW,
        buy=draw(st.integers(1, 2)),
        get=draw(st.integers(1, 2)),
        percent=draw(percents),
        scope=draw(scopes(store)),
        gifts=draw(st.none() | scopes(store)),
        times=draw(st.none() | st.just(1)),
    )


@st.composite
def stores(draw, store: int) -> StoreOffers:
    made = [draw(deals(store, n)) for n in range(draw(st.integers(0, 2)))]
    by_product: dict[UUID, tuple[Deal, ...]] = {}
    for deal in made:
        for product in deal.scope.products or ():
            by_product[product] = (*by_product.get(product, ()), deal)
    wide = Deal(id_of(6, store), id_of(6, store), DealKind.STORE_WIDE, NOW, scope=draw(scopes(store)), percent=draw(percents))
    return StoreOffers(
        deals=by_product,
        wide=draw(st.sampled_from([(), (wide,)])),
        bundles=tuple(draw(bundles(store, n)) for n in range(draw(st.integers(0, 1)))),
        buy_gets=tuple(draw(buy_gets(store, n)) for n in range(draw(st.integers(0, 2)))),
        spend_saves=tuple(
            SpendSave(id_of(7, store, n), NOW, draw(tiers()), scope=draw(scopes(store))) for n in range(draw(st.integers(0, 1)))
        ),
    )


@st.composite
def coupons(draw, n: int) -> Coupon:
    store = draw(st.sampled_from([None, *STORES]))
    return Coupon(
        id=id_of(8, n),
        promotion_id=id_of(9, n),
        when=NOW,
        benefit=draw(benefits),
        store_id=store_id(store) if store else None,
        min_spend=draw(st.none() | st.builds(usd, st.integers(1, 150))),
        scope=draw(scopes(store)),
        stackable=draw(st.booleans()),
        payer=Payer.STORE if store else Payer.PLATFORM,
    )


@st.composite
def terms(draw) -> Terms:
    return Terms(
        rates=RATES,
        stores={store_id(store): draw(stores(store)) for store in STORES},
        coupons=tuple(draw(coupons(n)) for n in range(draw(st.integers(0, 3)))),
        platform=tuple(
            SpendSave(id_of(10, n), NOW, draw(tiers()), scope=draw(scopes()), payer=Payer.PLATFORM)
            for n in range(draw(st.integers(0, 1)))
        ),
    )


@st.composite
def lines(draw, most: int = 3, quantity: int = 2) -> tuple[LineFacts, ...]:
    wanted = st.tuples(st.sampled_from(STORES), st.sampled_from(PRODUCTS), st.integers(1, 2))
    chosen = draw(st.lists(wanted, min_size=1, max_size=most, unique=True))
    return tuple(
        LineFacts(
            variant_id=id_of(11, store, n, variant),
            product_id=product_id(store, n),
            store_id=store_id(store),
            quantity=draw(st.integers(1, quantity)),
            list_price=usd(draw(small)),
        )
        for store, n, variant in chosen
    )


@st.composite
def carts(draw, most: int = 3, quantity: int = 2) -> CartFacts:
    return CartFacts("BR", draw(st.sampled_from(["USD", "BRL", "JPY"])), draw(lines(most, quantity)))


def without_coupon(terms: Terms, n: int) -> Terms:
    return replace(terms, coupons=(*terms.coupons[:n], *terms.coupons[n + 1 :]))
