"""Carts in which sets compete for many pieces, or cuts for goods that are free already: exact if possible, quick always."""

from __future__ import annotations

import time

from caravan.kernel.money import Money
from caravan.promotions.rules import (
    Benefit,
    Bundle,
    BundleItem,
    BuyGet,
    CartFacts,
    Coupon,
    LineFacts,
    Payer,
    Quote,
    SpendSave,
    StoreOffers,
    Terms,
    Tier,
    quote,
)
from tests.factories import AT
from tests.promotions.markets import NOW, RATES, id_of, product_id, store_id, usd

BUY_TWO = BuyGet(id_of(5, 1, 1), NOW, buy=2, get=1)


def cart(articles: int, pieces: int = 1, stores: int = 1) -> CartFacts:
    """The first ones are the cheapest: 10.00, 10.37, 10.74 and so on."""
    lines = [
        LineFacts(id_of(11, n), product_id(1, n), store_id(1 + n % stores), pieces, usd(1000 + 37 * n)) for n in range(articles)
    ]
    return CartFacts("BR", "USD", tuple(lines))


def bundle(number: int, price: int, *articles: int) -> Bundle:
    return Bundle(id_of(4, 1, number), NOW, tuple(BundleItem(product_id(1, n), 1) for n in articles), usd(price))


def priced(wanted: CartFacts, offers: StoreOffers) -> Quote:
    return quote(wanted, Terms(RATES, {store_id(1): offers}), AT)


def every_third_free(prices: list[int]) -> int:
    return sum(sorted(prices, reverse=True)[2::3])


def test_over_thirty_articles_a_bundle_and_a_third_one_free_are_weighed_exactly():
    for price in (500, 1500, 1900, 2030):
        quoted = priced(cart(30), StoreOffers(bundles=(bundle(1, price, 0, 1),), buy_gets=(BUY_TWO,)))
        prices = [1000 + 37 * n for n in range(30)]
        without, with_bundle = every_third_free(prices), every_third_free(prices[2:]) + 2037 - price
        assert not quoted.bounded
        assert quoted.saved == usd(max(without, with_bundle))


def test_of_a_hundred_pieces_each_as_many_bundles_are_made_as_save_most():
    quoted = priced(cart(3, pieces=100), StoreOffers(bundles=(bundle(1, 1500, 0, 1),), buy_gets=(BUY_TWO,)))
    saved = [537 * n + every_third_free([1000] * (100 - n) + [1037] * (100 - n) + [1074] * 100) for n in range(101)]
    assert not quoted.bounded
    assert quoted.saved == usd(max(saved))


def test_a_thousand_pieces_of_what_two_bundles_want_are_priced_and_nothing_breaks():
    offers = StoreOffers(bundles=(bundle(1, 1500, 0, 1), bundle(2, 1500, 1, 2)))
    assert priced(cart(3, pieces=999), offers).saved == usd(999 * (1037 + 1074 - 1500))


def test_two_offers_for_all_of_a_large_cart_are_given_up_on_in_time_and_still_save_what_the_better_one_does():
    half = BuyGet(id_of(5, 1, 2), NOW, buy=3, get=1, percent=50)
    began = time.process_time()
    quoted = priced(cart(20, pieces=2), StoreOffers(buy_gets=(BUY_TWO, half)))
    assert time.process_time() - began < 2  # a fiftieth of it on a free processor
    assert quoted.bounded
    assert quoted.saved >= usd(every_third_free([1000 + 37 * n for n in range(20)] * 2))


def test_coupons_without_end_for_goods_that_are_free_already_are_given_up_on_in_time():
    wanted = cart(20, pieces=2, stores=4)
    everything = Tier(Benefit(percent=50), min_items=1), Tier(Benefit(amount=usd(5000)), min_items=2)
    coupons = [
        Coupon(id_of(8, n), id_of(9, n), NOW, Benefit(amount=Money(3000 + n, "USD")), store, stackable=True, payer=payer)
        for n in range(24)
        for store, payer in [(store_id(1 + n % 4), Payer.STORE) if n % 3 else (None, Payer.PLATFORM)]
    ]
    stores = {
        store_id(n): StoreOffers(
            buy_gets=(BuyGet(id_of(5, n), NOW, buy=1, get=1),), spend_saves=(SpendSave(id_of(7, n), NOW, everything),)
        )
        for n in range(1, 5)
    }
    began = time.process_time()
    quoted = quote(wanted, Terms(RATES, stores, tuple(coupons)), AT)
    assert time.process_time() - began < 2  # a tenth of it on a free processor
    assert quoted.bounded
    assert quoted.items == usd(0)
