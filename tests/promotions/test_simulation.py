"""What a promotion would have done, and the most it can cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from caravan.promotions.rules import (
    Audience,
    Benefit,
    BuyerFacts,
    CartFacts,
    Coupon,
    Deal,
    DealKind,
    LineFacts,
    StoreOffers,
    Terms,
)
from caravan.promotions.rules.added import Added, joined, without
from caravan.promotions.rules.drafts import CouponDraft, DealGoods, LimitedDraft, StoreWideDraft
from caravan.promotions.rules.exposure import greatest_loss
from caravan.promotions.rules.goods import GoodsFacts, VariantFacts
from caravan.promotions.rules.simulation import PastCart, simulate
from tests.factories import AT
from tests.promotions.markets import NOW, RATES, usd
from tests.promotions.selling import frame

STORE, PROMOTION, DEAL, LAMP, RUG = (UUID(int=n) for n in range(1, 6))
ANA, BO = UUID(int=11), UUID(int=12)
TERMS = Terms(RATES)


def bought(n: float, *pieces: tuple[UUID, int, int], buyer: UUID = ANA, facts: BuyerFacts | None = None) -> PastCart:
    """An order of n days ago: (product, pieces, list price in cents)."""
    lines = tuple(LineFacts(product, product, STORE, quantity, usd(minor)) for product, quantity, minor in pieces)
    return PastCart(buyer, AT - timedelta(days=n), CartFacts("US", "USD", lines, facts or BuyerFacts(is_known=True)))


def wide(percent: int = 10, **when) -> Added:
    deal = Deal(PROMOTION, PROMOTION, DealKind.STORE_WIDE, replace(NOW, **when), percent=percent)
    return Added(PROMOTION, STORE, StoreOffers(wide=(deal,)))


def limited(**fields) -> Added:
    deal = Deal(DEAL, PROMOTION, DealKind.LIMITED, NOW, **{"percent": 50, **fields})
    return Added(PROMOTION, STORE, StoreOffers(deals={LAMP: (deal,)}))


def coupon(**fields) -> Added:
    given = Coupon(PROMOTION, PROMOTION, NOW, Benefit(amount=usd(300)), STORE, min_spend=usd(1000))
    return Added(PROMOTION, STORE, coupon=given, **fields)


def simulated(added: Added, *carts: PastCart, **fields):
    return simulate(carts, TERMS, added, currency="USD", at=AT, **fields)


def test_a_store_wide_discount_costs_its_percentage_of_all_orders():
    found = simulated(wide(), bought(3, (LAMP, 2, 1000)), bought(2, (RUG, 1, 5000), (LAMP, 1, 1000)))
    assert (found.orders, found.touched, found.pieces) == (2, 2, 4)
    assert (found.before, found.cost, found.after, found.floor) == (usd(8000), usd(800), usd(7200), 90)


def test_pieces_go_to_those_who_came_first():
    found = simulated(limited(left=3), bought(1, (LAMP, 2, 1000)), bought(5, (LAMP, 2, 1000)), bought(0.5, (LAMP, 1, 1000)))
    assert (found.touched, found.pieces, found.cost) == (2, 3, usd(1500))


def test_a_limit_for_each_buyer_lasts_over_all_their_orders():
    found = simulated(
        limited(per_buyer=1), bought(3, (LAMP, 1, 1000)), bought(2, (LAMP, 1, 1000)), bought(1, (LAMP, 2, 1000), buyer=BO)
    )
    assert (found.touched, found.pieces, found.cost) == (2, 2, usd(1000))


def test_coupons_run_out_and_are_one_for_each():
    orders = (bought(4, (RUG, 1, 5000)), bought(3, (RUG, 1, 5000)), bought(2, (RUG, 1, 5000), buyer=BO))
    assert simulated(coupon(), *orders).cost == usd(600)
    assert simulated(coupon(total=1), *orders).cost == usd(300)
    assert simulated(coupon(), bought(1, (LAMP, 1, 900))).touched == 0


def test_a_budget_is_never_exceeded_and_smaller_orders_still_fit():
    orders = (bought(3, (RUG, 2, 5000)), bought(2, (RUG, 1, 5000)), bought(1, (LAMP, 1, 1000)))
    found = simulated(wide(), *orders, budget=usd(1200))
    assert (found.cost, found.touched, found.is_capped) == (usd(1100), 2, True)
    assert not simulated(wide(), *orders, budget=usd(1600)).is_capped


def test_only_its_audience_would_have_had_it():
    new, old = BuyerFacts(is_known=True), BuyerFacts(is_known=True, bought_from=frozenset({STORE}))
    orders = (bought(2, (LAMP, 1, 1000), facts=new), bought(1, (LAMP, 1, 1000), facts=old))
    assert simulated(wide(audience=Audience.NEW_BUYERS), *orders).touched == 1


def test_what_another_promotion_gives_already_is_not_a_cost_of_this_one():
    running = replace(TERMS, stores={STORE: StoreOffers(wide=(replace(wide(30).offers.wide[0], id=LAMP, promotion_id=LAMP),))})
    orders = [bought(1, (LAMP, 1, 1000))]
    assert simulate(orders, running, limited(percent=40), currency="USD", at=AT).cost == usd(100)
    assert simulate(orders, running, wide(20), currency="USD", at=AT).touched == 0


def test_without_orders_there_is_nothing_to_tell():
    found = simulated(wide())
    assert (found.orders, found.touched, found.cost, found.floor) == (0, 0, usd(0), None)


def test_what_is_joined_can_be_taken_apart():
    one, other = limited().offers, wide().offers
    both = joined(one, replace(other, wide=(replace(other.wide[0], promotion_id=LAMP),)))
    assert without(both, PROMOTION).wide == both.wide
    assert without(both, PROMOTION).deals == {}
    assert without(both, LAMP).deals == one.deals


GOODS = {LAMP: GoodsFacts(LAMP, "lamp", "Lamp", "home", True, (VariantFacts(LAMP, "red", usd(2000), {"BR": usd(2500)}, 10),))}


def deal(**fields) -> LimitedDraft:
    return LimitedDraft(
        frame=frame(budget=fields.pop("budget", None)),
        goods=(DealGoods(product_id=LAMP, **{"variant_id": LAMP, "price": usd(1500), **fields}),),
    )


@pytest.mark.parametrize(
    ("draft", "loss"),
    [
        (deal(quantity=5), 5_000),  # at its dearest, in Brazil: 25.00 - 15.00, five times
        (deal(quantity=5, budget=usd(3000)), 3_000),
        (deal(quantity=5, budget=usd(9000)), 5_000),
        (deal(), None),
        (deal(budget=usd(700)), 700),
        (deal(price=None, percent=10, quantity=2), 500),
        (StoreWideDraft(frame=frame(), percent=10), None),
        (CouponDraft(frame=frame(), amount=usd(300), total=100, valid_days=1), 30_000),
        (CouponDraft(frame=frame(), percent=10, cap=usd(200), total=100, valid_days=1), 20_000),
        (CouponDraft(frame=frame(), percent=10, total=100, valid_days=1), None),
        (CouponDraft(frame=frame(), amount=usd(300), valid_days=1), None),
    ],
)
def test_the_greatest_loss_is_bounded_by_number_and_budget_or_not_at_all(draft, loss):
    found = greatest_loss(draft, GOODS, "USD")
    assert found == (usd(loss) if loss is not None else None)
