from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.errors import Conflict
from caravan.kernel.ids import uuid7
from caravan.people.events import EmailConfirmed
from caravan.people.models import Buyer
from caravan.promotions.actions.handover import move_pieces
from caravan.promotions.actions.holding import hold_pieces
from caravan.promotions.actions.redeeming import confirm_redeemed, redeem
from caravan.promotions.models import Hold
from caravan.trade.subscribers import claim_guest_purchases
from tests import factories
from tests.factories import AT
from tests.promotions.claims import buyer, deal

pytestmark = pytest.mark.django_db


def held(goods, somebody, pieces=1):
    return hold_pieces(goods_id=goods.pk, buyer_id=somebody, pieces=pieces, market="US", at=AT)


def bought(goods, somebody, pieces):
    purchase = uuid7()
    redeem(
        purchase_id=purchase, buyer_id=somebody, coupon_ids=[], pieces=[(goods.pk, pieces)], until=AT + timedelta(hours=1), at=AT
    )
    confirm_redeemed(purchase_id=purchase, at=AT)


def numbers(goods, somebody):
    return list(Hold.objects.filter(goods=goods, buyer_id=somebody).order_by("nth").values_list("nth", "state"))


def test_pieces_of_a_guest_count_against_the_limit_of_the_account_they_come_to():
    lamps, rugs = deal(quantity=9, per_buyer=3), deal(quantity=9, per_buyer=3)
    guest, own = buyer(), buyer()
    bought(lamps, own, 1)
    bought(lamps, guest, 2)
    held(rugs, guest)
    assert [move_pieces(from_buyer=guest, to_buyer=own) for _ in range(2)] == [3, 0]
    assert numbers(lamps, own) == [(1, "sold"), (2, "sold"), (3, "sold")]
    assert numbers(rugs, own) == [(1, "held")]
    with pytest.raises(Conflict) as refused:
        held(lamps, own)
    assert refused.value.code == "deal.limit"


def test_who_had_all_of_them_twice_keeps_them_and_gets_no_more():
    lamps, guest, own = deal(quantity=9, per_buyer=2), buyer(), buyer()
    bought(lamps, guest, 2)
    bought(lamps, own, 2)
    move_pieces(from_buyer=guest, to_buyer=own)
    assert [n for n, _ in numbers(lamps, own)] == [1, 2, 3, 4]
    with pytest.raises(Conflict):
        held(lamps, own)


def test_they_come_with_the_purchases_once_the_address_is_proved():
    lamps, user = deal(quantity=9, per_buyer=2), factories.user("ana@example.test")
    own = Buyer.objects.create(user=user, created_at=AT).pk
    bought(lamps, buyer(email="ana@example.test"), 2)
    claim_guest_purchases(EmailConfirmed(at=AT, user_id=user.pk, email="Ana@example.test"))
    assert len(numbers(lamps, own)) == 2
