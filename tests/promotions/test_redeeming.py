from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from caravan.kernel.errors import Conflict
from caravan.kernel.ids import uuid7
from caravan.promotions.actions.buckets import empty_buckets
from caravan.promotions.actions.budgets import charge_budgets, mark_exhausted, refund_budgets
from caravan.promotions.actions.claiming import claim_coupon
from caravan.promotions.actions.holding import give_back_expired, hold_pieces, let_go
from caravan.promotions.actions.redeeming import confirm_redeemed, redeem, release_redeemed
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Coupon, Hold, Promotion
from caravan.promotions.queries.claimable import claimable_coupons
from caravan.promotions.queries.deals import live_deals
from caravan.promotions.queries.offers import offers_of
from tests.factories import AT
from tests.promotions.claims import buyer, coupon, deal, left

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def collected(buyer_id, **fields):
    return claim_coupon(promotion_id=coupon(**fields).pk, buyer_id=buyer_id, market="US", at=AT).coupon_id


def held(goods, buyer_id, pieces=1):
    hold_pieces(goods_id=goods.pk, buyer_id=buyer_id, pieces=pieces, market="US", at=AT)


def order(buyer_id, *, coupons=(), pieces=(), at=AT):
    purchase = uuid7()
    redeem(purchase_id=purchase, buyer_id=buyer_id, coupon_ids=coupons, pieces=pieces, until=at + DAY, at=at)
    return purchase


def refusal(buyer_id, **wanted):
    with pytest.raises(Conflict) as refused:
        order(buyer_id, **wanted)
    return refused.value


def states(of=Coupon):
    return sorted(of.objects.values_list("state", flat=True))


def test_a_coupon_is_locked_by_the_purchase_used_with_the_money_and_no_other_purchase_has_it():
    somebody = buyer()
    mine = collected(somebody)
    purchase = order(somebody, coupons=[mine])
    assert Coupon.objects.values_list("state", "purchase_id").get() == ("locked", purchase)
    assert refusal(somebody, coupons=[mine]).code == "coupon.gone"
    confirm_redeemed(purchase_id=purchase, at=AT + timedelta(hours=1))
    confirm_redeemed(purchase_id=purchase, at=AT + timedelta(hours=2))
    assert Coupon.objects.values_list("state", "used_at").get() == ("used", AT + timedelta(hours=1))
    assert refusal(somebody, coupons=[mine]).code == "coupon.gone"


def test_a_coupon_comes_back_when_the_purchase_is_off_before_or_after_it_was_paid():
    somebody = buyer()
    mine = collected(somebody)
    for is_paid in (False, True):
        purchase = order(somebody, coupons=[mine])
        if is_paid:
            confirm_redeemed(purchase_id=purchase, at=AT)
        assert release_redeemed(purchase_id=purchase) == {}
        assert Coupon.objects.values_list("state", "purchase_id", "used_at").get() == ("released", None, None)
    assert order(somebody, coupons=[mine])


def test_a_coupon_of_somebody_else_is_as_good_as_none():
    mine = collected(buyer())
    assert refusal(buyer(), coupons=[mine]).code == "coupon.gone"
    assert refusal(buyer(), coupons=[uuid7()]).code == "coupon.gone"


def test_a_coupon_counts_only_while_it_is_valid():
    somebody = buyer()
    mine = collected(somebody, valid_since=AT + DAY, valid_until=AT + 2 * DAY)
    assert refusal(somebody, coupons=[mine], at=AT).code == "coupon.gone"
    assert refusal(somebody, coupons=[mine], at=AT + 2 * DAY).code == "coupon.gone"
    assert order(somebody, coupons=[mine], at=AT + DAY)


def test_a_coupon_is_honoured_though_its_promotion_was_stopped():
    somebody = buyer()
    mine = collected(somebody)
    Promotion.objects.update(state="stopped", ended_at=AT)
    assert order(somebody, coupons=[mine])


def test_pieces_held_become_ordered_and_those_missing_are_taken():
    flash, somebody = deal(quantity=5), buyer()
    held(flash, somebody, 2)
    purchase = order(somebody, pieces=[(flash.pk, 3)])
    assert left(flash.pk) == 2
    assert states(Hold) == ["ordered"] * 3
    confirm_redeemed(purchase_id=purchase, at=AT)
    assert states(Hold) == ["sold"] * 3


def test_of_more_pieces_held_than_ordered_the_rest_stays_held():
    flash, somebody = deal(quantity=5), buyer()
    held(flash, somebody, 3)
    order(somebody, pieces=[(flash.pk, 1)])
    assert states(Hold) == ["held", "held", "ordered"]
    assert left(flash.pk) == 2


def test_what_is_ordered_is_not_given_back_by_the_clock():
    flash, somebody = deal(quantity=5), buyer()
    held(flash, somebody)
    order(somebody, pieces=[(flash.pk, 1)])
    assert give_back_expired(at=AT + 30 * DAY) == 0


def test_pieces_come_back_to_the_deal_and_are_set_aside_again():
    flash, somebody = deal(quantity=5, per_buyer=3), buyer()
    purchase = order(somebody, pieces=[(flash.pk, 3)])
    assert release_redeemed(purchase_id=purchase) == {flash.variant_id: 3}
    assert left(flash.pk) == 5
    assert release_redeemed(purchase_id=purchase) == {}
    assert order(somebody, pieces=[(flash.pk, 3)])


def test_pieces_of_a_deal_that_has_ended_are_not_set_aside_any_more():
    flash, somebody = deal(quantity=5), buyer()
    purchase = order(somebody, pieces=[(flash.pk, 3)])
    with transaction.atomic():
        empty_buckets(subject_id=flash.pk)
    assert release_redeemed(purchase_id=purchase) == {}
    assert left(flash.pk) == 0
    assert not Hold.objects.exists()


def test_all_of_it_or_nothing():
    flash, rare, somebody = deal(quantity=5), deal(quantity=1, name="Rare"), buyer()
    mine = collected(somebody)
    held(flash, somebody)
    refused = refusal(somebody, coupons=[mine], pieces=[(flash.pk, 2), (rare.pk, 2)])
    assert (refused.code, refused.fields["deal"]) == ("deal.gone", str(rare.pk))
    assert "Rare" in refused.detail
    assert states() == ["issued"]
    assert states(Hold) == ["held"]
    assert (left(flash.pk), left(rare.pk)) == (4, 1)


def test_nobody_orders_more_than_their_limit():
    flash, somebody = deal(quantity=9, per_buyer=2), buyer()
    assert refusal(somebody, pieces=[(flash.pk, 3)]).code == "deal.gone"
    order(somebody, pieces=[(flash.pk, 2)])
    assert refusal(somebody, pieces=[(flash.pk, 1)]).code == "deal.gone"
    assert left(flash.pk) == 7


def test_who_lets_go_of_what_is_held_keeps_what_is_ordered():
    flash, somebody = deal(quantity=5), buyer()
    held(flash, somebody, pieces=3)
    order(somebody, pieces=[(flash.pk, 2)])
    assert let_go(goods_id=flash.pk, buyer_id=somebody) == 1
    assert (states(Hold), left(flash.pk)) == (["ordered", "ordered"], 3)


def test_a_deal_without_a_number_of_pieces_counts_what_each_buyer_has():
    endless, somebody = deal(quantity=None, per_buyer=2), buyer()
    first = order(somebody, pieces=[(endless.pk, 2)])
    assert refusal(somebody, pieces=[(endless.pk, 1)]).code == "deal.gone"
    assert order(buyer(), pieces=[(endless.pk, 2)])
    assert release_redeemed(purchase_id=first) == {}
    assert order(somebody, pieces=[(endless.pk, 1)])


def test_a_part_that_is_off_gives_back_that_part():
    flash, other, somebody = deal(quantity=5), deal(quantity=5), buyer()
    mine, kept = collected(somebody), collected(somebody)
    purchase = order(somebody, coupons=[mine, kept], pieces=[(flash.pk, 3), (other.pk, 1)])
    assert release_redeemed(purchase_id=purchase, goods={flash.pk: 2}) == {flash.variant_id: 2}
    assert states() == ["locked", "locked"]
    assert release_redeemed(purchase_id=purchase, coupon_ids=[mine]) == {}
    assert Coupon.objects.get(pk=mine).state == "released"
    assert (left(flash.pk), left(other.pk)) == (4, 4)
    assert release_redeemed(purchase_id=purchase) == {flash.variant_id: 1, other.variant_id: 1}
    assert states() == ["released", "released"]


def test_redeeming_is_one_statement(django_assert_num_queries):
    flash, somebody = deal(quantity=5), buyer()
    mine = collected(somebody)
    held(flash, somebody)
    with django_assert_num_queries(1):
        order(somebody, coupons=[mine], pieces=[(flash.pk, 2)])


def test_a_budget_is_spent_to_the_last_cent_and_not_beyond():
    capped = coupon(budget_minor=1000)
    charge_budgets(spent={capped.pk: 600})
    with pytest.raises(Conflict, match="Welcome is used up") as refused:
        charge_budgets(spent={capped.pk: 401})
    assert refused.value.code == "promotion.exhausted"
    charge_budgets(spent={capped.pk: 400})
    capped.refresh_from_db()
    assert capped.spent_minor == 1000
    refund_budgets(spent={capped.pk: 400})
    charge_budgets(spent={capped.pk: 400})


def test_what_has_no_budget_is_not_counted():
    endless = coupon()
    charge_budgets(spent={endless.pk: 600})
    charge_budgets(spent={})
    endless.refresh_from_db()
    assert endless.spent_minor == 0


def test_one_budget_that_is_used_up_is_named_among_others():
    rich, poor = coupon(budget_minor=1000), coupon(budget_minor=10, name="Poor")
    with pytest.raises(Conflict) as refused:
        charge_budgets(spent={rich.pk: 100, poor.pk: 11})
    assert refused.value.fields["promotion"] == str(poor.pk)


def test_orders_are_priced_without_what_is_used_up():
    capped, store_id = coupon(budget_minor=1000), coupon().store_id
    Promotion.objects.filter(pk=capped.pk).update(kind="store_wide", percent=10, store=store_id)
    touch(store_ids=[store_id])
    assert offers_of([store_id], AT)[store_id].wide
    charge_budgets(spent={capped.pk: 950})
    assert mark_exhausted(at=AT) == 0
    charge_budgets(spent={capped.pk: 1})
    assert (mark_exhausted(at=AT), mark_exhausted(at=AT + DAY)) == (1, 0)
    assert offers_of([store_id], AT) == {}
    assert Promotion.objects.get(pk=capped.pk).exhausted_at == AT
    refund_budgets(spent={capped.pk: 400})
    assert mark_exhausted(at=AT) == 1
    assert offers_of([store_id], AT)[store_id].wide


def test_a_coupon_or_a_piece_whose_budget_is_used_up_is_gone_though_there_are_more():
    mine = buyer()
    welcome, flash = coupon(budget_minor=1000, spent_minor=1000), deal(budget_minor=1000, spent_minor=1000)
    mark_exhausted(at=AT)
    with pytest.raises(Conflict, match="All of these coupons have been taken"):
        claim_coupon(promotion_id=welcome.pk, buyer_id=mine, market="US", at=AT)
    with pytest.raises(Conflict, match="Nothing is left at this price"):
        held(flash, mine)
    assert [one.is_sold_out for one in claimable_coupons(market="US", at=AT).coupons] == [True]
    assert live_deals("US", AT).product_ids == ()
