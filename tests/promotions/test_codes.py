from __future__ import annotations

import pytest

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.promotions.actions.codes import enter_code, make_codes
from caravan.promotions.models import Coupon, CouponCode
from caravan.promotions.queries.codes import code_count, codes_of
from caravan.promotions.queries.owners import owner_for
from caravan.promotions.rules.claims import new_code, shown_code, typed_code
from tests import factories
from tests.factories import AT
from tests.promotions.claims import buyer, coupon, left

pytestmark = pytest.mark.django_db


def enter(buyer_id, text, **more):
    return enter_code(**{"buyer_id": buyer_id, "text": text, "market": "US", "at": AT, **more})


@pytest.fixture
def merchant():
    return factories.user()


@pytest.fixture
def store(merchant):
    return factories.store(merchant)


def made(merchant, store, promotion, number):
    return make_codes(user_id=merchant.pk, slug=store.slug, promotion_id=promotion.pk, number=number)


def test_the_code_for_all_gives_each_person_one_however_it_is_typed(store):
    spring = coupon(store, means="code", code="SPRING-10", total=2)
    somebody = buyer()
    first = enter(somebody, " spring-10 ")
    assert (first.is_new, enter(somebody, "Spring-10").coupon_id) == (True, first.coupon_id)
    assert enter(buyer(), "SPRING-10").is_new
    with pytest.raises(Conflict, match="taken"):
        enter(buyer(), "SPRING-10")
    assert left(spring.pk) == 0


def test_who_has_used_their_coupon_does_not_get_another_by_the_same_code(store):
    coupon(store, means="code", code="SPRING")
    somebody = buyer()
    enter(somebody, "SPRING")
    Coupon.objects.update(state="used", purchase_id=somebody)
    with pytest.raises(Conflict, match="as many"):
        enter(somebody, "SPRING")


def test_a_single_use_code_is_good_once(merchant, store):
    gift = coupon(store, means="code", per_buyer=2)
    assert made(merchant, store, gift, 2) == 2
    one, other = CouponCode.objects.order_by("code").values_list("code", flat=True)
    somebody = buyer()
    first = enter(somebody, shown_code(one).lower())
    assert enter(somebody, one).coupon_id == first.coupon_id
    with pytest.raises(Conflict, match="used already"):
        enter(buyer(), one)
    assert enter(somebody, other).is_new
    assert Coupon.objects.count() == 2


def test_a_code_that_does_not_exist_is_refused_beside_the_field():
    for text in ("NOWHERE", "", " ", "x" * 500, "a\x00b"):
        with pytest.raises(Invalid) as refused:
            enter(buyer(), text)
        assert "coupon_code" in refused.value.fields


def test_a_code_counts_only_where_and_while_its_promotion_does(store):
    coupon(store, means="code", code="BRASIL", markets=["BR"])
    with pytest.raises(Conflict, match="other countries"):
        enter(buyer(), "BRASIL")
    coupon(store, means="code", code="OVER", state="stopped")
    with pytest.raises(Conflict, match="over"):
        enter(buyer(), "OVER")
    coupon(store, means="collect", code="NOTTHIS")
    with pytest.raises(Invalid):
        enter(buyer(), "NOTTHIS")


def test_codes_cannot_be_guessed_and_are_read_without_mistakes():
    codes = {new_code() for _ in range(2_000)}
    assert len(codes) == 2_000
    assert {len(code) for code in codes} == {12}
    assert not set("".join(codes)) & set("01ILOU")
    assert all(typed_code(shown_code(code).lower()) == code for code in codes)


def test_only_who_works_for_the_store_makes_and_sees_codes(merchant, store):
    gift = coupon(store, means="code")
    with pytest.raises(NotFound):
        made(factories.user(), store, gift, 2)
    with pytest.raises(NotFound):
        made(merchant, store, coupon(means="code"), 2)
    made(merchant, store, gift, 3)
    owner = owner_for(user_id=merchant.pk, slug=store.slug)
    enter(buyer(), CouponCode.objects.first().code)
    assert code_count(owner, gift.pk).entered == 1
    assert sorted(entered for _code, entered in codes_of(owner, gift.pk)) == [False, False, True]
    with pytest.raises(NotFound):
        codes_of(owner, coupon(means="code").pk)


def test_codes_are_made_in_batches_of_some_size_for_coupons_that_come_by_a_code(merchant, store):
    with pytest.raises(Invalid):
        made(merchant, store, coupon(store, means="code"), 0)
    with pytest.raises(Invalid):
        made(merchant, store, coupon(store, means="code"), 10_001)
    with pytest.raises(Invalid):
        made(merchant, store, coupon(store, means="collect"), 5)
