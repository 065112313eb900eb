from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from caravan.catalog.actions.stock import free_aside
from caravan.catalog.models import Variant
from caravan.kernel.errors import Conflict, NotFound
from caravan.kernel.ids import uuid7
from caravan.promotions.actions.buckets import empty_buckets
from caravan.promotions.actions.holding import give_back_expired, hold_pieces, let_go, mark_sold_out
from caravan.promotions.models import Hold, PromotionGoods, Stamp
from caravan.promotions.rules import BuyerFacts
from tests.factories import AT
from tests.promotions.claims import buyer, deal, left

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


def hold(goods, buyer_id, *, pieces=1, market="US", at=AT, **more):
    return hold_pieces(goods_id=goods.pk, buyer_id=buyer_id, pieces=pieces, market=market, at=at, **more)


def refusal(goods, buyer_id, **more):
    with pytest.raises(Conflict) as refused:
        hold(goods, buyer_id, **more)
    return refused.value.code


def aside(goods):
    return Variant.objects.values_list("stock", "set_aside").get(pk=goods.variant_id)


def stamp(goods):
    return Stamp.objects.get(store_id=goods.product.store_id).number


def test_a_piece_is_held_for_a_quarter_of_an_hour():
    flash, somebody = deal(quantity=5), buyer()
    got = hold(flash, somebody)
    assert (got.pieces, got.until, got.is_new) == (1, AT + QUARTER, True)
    assert left(flash.pk) == 4


def test_a_hold_is_one_statement(django_assert_num_queries):
    flash, somebody = deal(quantity=5), buyer()
    with django_assert_num_queries(1):
        hold(flash, somebody, pieces=3)


def test_the_same_request_again_has_the_same_answer_and_more_adds_to_it():
    flash, somebody = deal(quantity=5), buyer()
    hold(flash, somebody)
    again = hold(flash, somebody, at=AT + timedelta(minutes=5))
    assert (again.pieces, again.until, again.is_new) == (1, AT + QUARTER, False)
    more = hold(flash, somebody, pieces=3, at=AT + timedelta(minutes=5))
    assert (more.pieces, more.until, more.is_new) == (3, AT + QUARTER, True)
    assert left(flash.pk) == 2


def test_several_are_held_together_or_none():
    flash, somebody = deal(quantity=5), buyer()
    hold(flash, buyer(), pieces=3)
    assert refusal(flash, somebody, pieces=3) == "deal.gone"
    assert not Hold.objects.filter(buyer_id=somebody).exists()
    assert hold(flash, somebody, pieces=2).pieces == 2
    assert left(flash.pk) == 0


def test_nobody_holds_more_than_their_limit():
    flash, somebody = deal(quantity=5, per_buyer=2), buyer()
    assert refusal(flash, somebody, pieces=3) == "deal.limit"
    hold(flash, somebody, pieces=2)
    assert refusal(flash, somebody, pieces=3) == "deal.limit"
    Hold.objects.update(state="sold", purchase_id=uuid7())
    assert refusal(flash, somebody) == "deal.limit"
    assert left(flash.pk) == 3


def test_what_was_bought_counts_and_what_is_held_comes_on_top():
    flash, somebody = deal(quantity=5, per_buyer=2), buyer()
    hold(flash, somebody)
    Hold.objects.update(state="sold", purchase_id=uuid7())
    assert hold(flash, somebody).pieces == 1
    assert sorted(Hold.objects.values_list("nth", "state")) == [(1, "sold"), (2, "held")]


@pytest.mark.parametrize(
    ("fields", "at", "code"),
    [
        ({}, AT - timedelta(seconds=1), "deal.early"),
        ({}, AT + timedelta(days=7), "deal.late"),
        ({"state": "stopped"}, AT, "deal.late"),
        ({"state": "paused"}, AT, "deal.paused"),
        ({"markets": ["BR"]}, AT, "deal.market"),
        ({"audience": "new_buyers"}, AT, "deal.audience"),
    ],
)
def test_who_it_is_not_for_holds_nothing(fields, at, code):
    flash = deal(**fields)
    assert refusal(flash, buyer(), at=at) == code
    assert left(flash.pk) == 5


def test_new_buyers_hold_what_is_for_them():
    assert hold(deal(audience="new_buyers"), buyer(), who=lambda: BuyerFacts(is_known=True)).is_new


def test_what_has_no_number_of_pieces_is_not_held():
    with pytest.raises(NotFound):
        hold(deal(quantity=None, per_buyer=1), buyer())


def test_pieces_come_back_after_a_quarter_of_an_hour():
    flash = deal(quantity=2)
    hold(flash, buyer(), pieces=2)
    assert give_back_expired(at=AT + QUARTER - timedelta(seconds=1)) == 0
    assert give_back_expired(at=AT + QUARTER) == 2
    assert left(flash.pk) == 2
    assert give_back_expired(at=AT + QUARTER) == 0
    assert hold(flash, buyer(), pieces=2, at=AT + QUARTER).is_new


def test_who_comes_back_before_they_were_given_back_holds_them_anew():
    flash, somebody = deal(quantity=1, per_buyer=1), buyer()
    hold(flash, somebody)
    again = hold(flash, somebody, at=AT + QUARTER)
    assert (again.pieces, again.until) == (1, AT + 2 * QUARTER)
    assert give_back_expired(at=AT + QUARTER) == 0


def test_pieces_of_a_deal_that_has_ended_are_for_everybody():
    flash = deal(quantity=3)
    hold(flash, buyer(), pieces=2)
    with transaction.atomic():
        free_aside(given=[(flash.variant_id, empty_buckets(subject_id=flash.pk))])
    assert aside(flash) == (10, 2)
    give_back_expired(at=AT + QUARTER)
    assert aside(flash) == (10, 0)
    assert left(flash.pk) == 0


def test_who_lets_go_gives_it_to_the_next():
    flash, somebody = deal(quantity=1), buyer()
    hold(flash, somebody)
    assert refusal(flash, buyer()) == "deal.gone"
    assert let_go(goods_id=flash.pk, buyer_id=somebody) == 1
    assert let_go(goods_id=flash.pk, buyer_id=somebody) == 0
    assert hold(flash, buyer()).is_new


def test_lists_are_told_once_that_a_deal_is_sold_out_and_that_it_has_pieces_again():
    flash, somebody = deal(quantity=1), buyer()
    before = stamp(flash)
    hold(flash, somebody)
    assert stamp(flash) == before
    refusal(flash, buyer())
    told = stamp(flash)
    assert told > before
    refusal(flash, buyer())
    assert mark_sold_out(at=AT) == 0
    assert stamp(flash) == told
    give_back_expired(at=AT + QUARTER)
    assert mark_sold_out(at=AT + QUARTER) == 1
    assert stamp(flash) > told
    assert not PromotionGoods.objects.get().is_sold_out


def test_a_sale_to_the_last_piece_is_told_though_nobody_else_comes():
    flash = deal(quantity=1)
    hold(flash, buyer())
    assert mark_sold_out(at=AT) == 1
    assert PromotionGoods.objects.get().is_sold_out


def test_a_refusal_after_the_last_piece_writes_nothing(django_assert_num_queries):
    flash = deal(quantity=1)
    hold(flash, buyer())
    refusal(flash, buyer())
    late = buyer()
    with django_assert_num_queries(1):
        refusal(flash, late)
