"""The simulation looks at what was really bought."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from caravan.catalog.models import Price
from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money
from caravan.promotions.actions.drafting import save_draft
from caravan.promotions.actions.starting import start_promotion
from caravan.promotions.queries.owners import owner_for
from caravan.promotions.rules.drafts import BuyGetDraft, CouponDraft, SpendSaveDraft, StoreWideDraft, TierDraft
from caravan.promotions.rules.offers import Audience
from caravan.trade.models import OrderCut
from caravan.trade.queries.simulation import simulated
from caravan.trade.rules.cart import CartOwner
from tests import factories
from tests.factories import AT
from tests.promotions.selling import frame, usd
from tests.trade.scene import fill_cart, pay, place, scene

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)


@pytest.fixture
def market():
    """Ana buys two lamps, then Bo one, each with an account. The lamp costs 10.00, of a store in dollars."""
    there = scene()
    Price.objects.update(since=AT - timedelta(days=90))
    for n, pieces in enumerate((2, 1)):
        buyer = CartOwner(user_id=factories.user().pk)
        pay(place(fill_cart((there.lamp, pieces), owner=buyer), email=f"{n}@example.test"))
    return there


def owner(market):
    return owner_for(user_id=market.seller_id, slug=market.lamp.product.store.slug)


def draft_of(market, draft):
    later = replace(draft, frame=frame(since=LATER, until=LATER + timedelta(days=7)))
    return save_draft(user_id=market.seller_id, slug=market.lamp.product.store.slug, draft=later, at=LATER)


def test_a_discount_on_last_months_orders(market):
    found = simulated(owner(market), draft_of(market, StoreWideDraft(frame=frame(), percent=20)), LATER)
    assert (found.orders, found.touched, found.pieces, found.floor) == (2, 2, 3, 80)
    assert (found.before, found.cost) == (usd(3000), usd(600))


def test_an_order_of_last_year_is_not_looked_at(market):
    made = draft_of(market, StoreWideDraft(frame=frame(), percent=20))
    assert simulated(owner(market), made, LATER + timedelta(days=40)).orders == 0


def test_sets_and_coupons_are_simulated_by_the_same_engine(market):
    made = draft_of(market, BuyGetDraft(frame=frame(), buy=1, get=1))
    assert simulated(owner(market), made, LATER).cost == usd(1000)
    made = draft_of(market, CouponDraft(frame=frame(), amount=usd(300), min_spend=usd(1500), valid_days=7))
    assert simulated(owner(market), made, LATER).cost == usd(300)


def test_a_promotion_for_new_buyers_knows_who_was_new(market):
    made = draft_of(market, StoreWideDraft(frame=frame(), percent=20))
    new = StoreWideDraft(frame=frame(since=LATER, until=LATER + timedelta(days=7), audience=Audience.NEW_BUYERS), percent=20)
    save_draft(user_id=market.seller_id, slug=market.lamp.product.store.slug, draft=new, at=LATER, promotion_id=made)
    assert simulated(owner(market), made, LATER).touched == 2


def test_what_was_simulated_is_what_the_same_order_pays_when_it_is_on(market):
    made = draft_of(market, StoreWideDraft(frame=frame(), percent=20))
    told = simulated(owner(market), made, LATER)
    start_promotion(user_id=market.seller_id, slug=market.lamp.product.store.slug, promotion_id=made, at=LATER)
    for n, pieces in enumerate((2, 1)):
        buyer = CartOwner(user_id=factories.user().pk)
        place(fill_cart((market.lamp, pieces), owner=buyer, at=LATER), email=f"{n}@example.test", at=LATER)
    in_reais = sum(OrderCut.objects.filter(promotion_id=made).values_list("minor", flat=True))
    assert in_reais == round(told.cost.minor * 4.8)


def test_the_platform_looks_at_whole_purchases_of_all_stores(market):
    operator = factories.user(is_staff=True)
    tier = TierDraft(min_amount=Money(1500, "EUR"), amount=Money(200, "EUR"))
    draft = SpendSaveDraft(frame=frame(since=LATER, until=LATER + timedelta(days=7)), tiers=(tier,))
    made = save_draft(user_id=operator.pk, slug=None, draft=draft, at=LATER)
    found = simulated(owner_for(user_id=operator.pk, slug=None), made, LATER)
    assert (found.orders, found.touched, found.cost) == (2, 1, Money(200, "EUR"))


def test_another_stores_promotion_is_not_there(market):
    made = draft_of(market, StoreWideDraft(frame=frame(), percent=20))
    stranger = factories.user()
    other = owner_for(user_id=stranger.pk, slug=factories.store(stranger).slug)
    with pytest.raises(NotFound):
        simulated(other, made, LATER)


def test_looking_takes_the_same_statements_for_many_orders(market, django_assert_max_num_queries):
    made = draft_of(market, StoreWideDraft(frame=frame(), percent=20))
    with django_assert_max_num_queries(12):
        simulated(owner(market), made, LATER)
