from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.catalog.actions import unwish, wish, withdraw_product
from caravan.catalog.models import Wish
from caravan.catalog.queries import is_wished, wished_among, wishes_of
from caravan.catalog.rules.wishes import Alert, alert
from caravan.kernel.errors import BadRequest, NotFound
from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.people.actions.accounts import close_account
from tests import factories
from tests.factories import AT
from tests.search import shop


def usd(minor):
    return Money(minor, "USD")


@given(seen=st.integers(1, 10_000), now=st.integers(1, 10_000))
def test_a_drop_is_told_when_it_is_a_hundredth_or_more_and_never_a_rise(seen, now):
    told = alert(usd(seen), usd(now), was_in_stock=True, is_in_stock=True)
    assert (told is Alert.PRICE_DROP) == (100 * (seen - now) >= seen)


@given(seen=st.integers(1, 10_000), now=st.integers(1, 10_000), was=st.booleans())
def test_of_what_cannot_be_bought_nothing_is_told_and_of_what_comes_back_that_it_does(seen, now, was):
    assert alert(usd(seen), usd(now), was_in_stock=was, is_in_stock=False) is None
    assert alert(usd(seen), usd(now), was_in_stock=False, is_in_stock=True) is Alert.BACK_IN_STOCK


@pytest.fixture
def ana(db):
    return factories.user("ana@example.test")


@pytest.fixture
def lamp(db):
    seller = factories.user()
    made = factories.product(factories.store(seller), factories.category("lamps"), title="Lamp", price_minor=2_000)
    made.seller = seller
    return made


def put(user, product, minor=2_000):
    wish(user_id=user.pk, product_id=product.pk, market="US", price=usd(minor), in_stock=True, at=AT)


def test_wishing_twice_keeps_the_price_of_the_first_time(ana, lamp):
    put(ana, lamp)
    put(ana, lamp, 1_500)
    (row,) = wishes_of(user_id=ana.pk).rows
    assert (row.product_id, row.price, row.seen) == (lamp.pk, usd(2_000), usd(2_000))
    assert is_wished(user_id=ana.pk, product_id=lamp.pk)
    assert wished_among([lamp.pk, uuid7()]) == {lamp.pk}


def test_what_is_taken_off_is_gone_and_stays_gone(ana, lamp):
    put(ana, lamp)
    unwish(user_id=ana.pk, product_id=lamp.pk)
    unwish(user_id=ana.pk, product_id=lamp.pk)
    assert wishes_of(user_id=ana.pk).rows == ()


def test_what_is_not_sold_cannot_be_wished_for(ana, lamp):
    withdraw_product(user_id=lamp.seller.pk, store=lamp.store.slug, product_id=lamp.pk, at=AT)
    for product_id in (lamp.pk, uuid7()):
        with pytest.raises(NotFound):
            wish(user_id=ana.pk, product_id=product_id, market="US", price=usd(1), in_stock=True, at=AT)


def test_the_wish_list_is_read_newest_first_a_page_at_a_time(ana, lamp):
    goods = [lamp, *(factories.product(lamp.store, lamp.category) for _ in range(2))]
    for product in goods:
        put(ana, product)
    first = wishes_of(user_id=ana.pk, limit=2)
    rest = wishes_of(user_id=ana.pk, cursor=first.next_cursor, limit=2)
    assert [row.product_id for row in (*first.rows, *rest.rows)] == [product.pk for product in reversed(goods)]
    with pytest.raises(BadRequest):
        wishes_of(user_id=ana.pk, cursor="nonsense")


def test_what_a_closed_account_wished_for_is_forgotten(ana, lamp):
    put(ana, lamp)
    close_account(user_id=ana.pk, runs_stores=False, at=AT)
    shop.deliver()
    assert not Wish.objects.exists()
