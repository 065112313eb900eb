"""What became of each coupon: used, or one reason why not that its holder can do something about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from caravan.kernel.money import Money
from caravan.promotions.rules import ANYONE, Audience, Benefit, CartFacts, Conditions, Coupon, LineFacts, Scope, Terms, quote
from caravan.promotions.rules.fates import Seen, Why, fates
from tests.factories import AT
from tests.promotions.markets import NOW, RATES, usd

STORE, OTHER, LAMP, RUG = (UUID(int=n) for n in range(1, 5))
LINES = (
    LineFacts(UUID(int=11), LAMP, STORE, 2, usd(1_500), "home/lamps"),
    LineFacts(UUID(int=12), RUG, OTHER, 1, usd(2_000), "home/rugs"),
)
CART = CartFacts("US", "USD", LINES)


def coupon(n=1, minor=500, **fields):
    given = {"store_id": STORE, "name": f"Coupon {n}", **fields}
    return Coupon(UUID(int=100 + n), UUID(int=200 + n), given.pop("when", NOW), Benefit(amount=usd(minor)), **given)


def fate_of(*coupons, cart=CART):
    """Priced by the engine, so that what is used is what it chose."""
    terms = Terms(RATES, coupons=coupons)
    quoted = quote(cart, terms, AT)
    cuts = [*quoted.cuts, *(cut for store in quoted.stores for cut in store.cuts)]
    lines = [(line.facts, line.goods) for store in quoted.stores for line in store.lines]
    used = {cut.coupon_id for cut in cuts}
    return fates(coupons, used, Seen(lines, cart.market, cart.currency, cart.buyer, AT), terms)


def test_a_coupon_the_engine_took_is_used():
    (fate,) = fate_of(coupon())
    assert (fate.why, fate.missing) == (None, None)


def test_the_smaller_of_two_that_do_not_go_together_stays_and_one_that_stacks_is_used_besides():
    found = fate_of(coupon(1, 500), coupon(2, 300), coupon(3, 100, stackable=True))
    assert [fate.why for fate in found] == [None, Why.BETTER, None]


def test_what_is_missing_to_the_minimum_is_told_of_the_goods_it_counts():
    (fate,) = fate_of(coupon(min_spend=usd(4_250)))
    assert (fate.why, fate.missing) == (Why.MIN_SPEND, usd(1_250))  # the rug is another store's, and does not count
    (fate,) = fate_of(coupon(min_spend=usd(5_500), store_id=None))
    assert (fate.why, fate.missing) == (Why.MIN_SPEND, usd(500))


def test_what_is_missing_is_told_in_the_buyers_currency():
    (fate,) = fate_of(coupon(min_spend=usd(4_000)), cart=replace(CART, market="BR", currency="BRL"))
    assert fate.missing == Money(4_800, "BRL")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"scope": Scope(products=frozenset([RUG]))}, Why.NO_GOODS),
        ({"scope": Scope(categories=("books",))}, Why.NO_GOODS),
        ({"store_id": UUID(int=9)}, Why.NO_GOODS),
        ({"when": replace(NOW, markets=frozenset(["BR"]))}, Why.NOT_HERE),
        ({"when": replace(NOW, audience=Audience.FOLLOWERS)}, Why.NOT_FOR_YOU),
        ({"when": Conditions(AT + timedelta(hours=1))}, Why.NOT_FOR_YOU),
    ],
)
def test_each_reason_is_told_as_it_is(fields, why):
    (fate,) = fate_of(coupon(**fields))
    assert fate.why is why


def test_for_whom_a_coupon_is_is_looked_at_for_this_buyer():
    only = coupon(when=replace(NOW, audience=Audience.FOLLOWERS))
    (fate,) = fate_of(only, cart=replace(CART, buyer=replace(ANYONE, is_known=True, follows=frozenset([STORE]))))
    assert fate.why is None
