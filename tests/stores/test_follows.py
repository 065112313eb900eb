from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.errors import BadRequest, NotFound
from caravan.outbox.models import StoredEvent
from caravan.people.actions.accounts import close_account
from caravan.stores.actions import follow_store, suspend_store, unfollow_store
from caravan.stores.models import Follow, Store
from caravan.stores.queries import followed_by, followers_of, follows, follows_of, visited_store
from caravan.stores.queries.follows import follower_count
from tests import factories
from tests.factories import AT
from tests.search import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return factories.user("ana@example.test")


@pytest.fixture
def lumen():
    return factories.store(name="Lumen", slug="lumen")


def follow(user, store):
    return follow_store(user_id=user.pk, store_id=store.pk, at=AT)


def test_following_twice_is_following_once_and_is_told_to_others_once(ana, lumen):
    assert follow(ana, lumen)
    assert not follow(ana, lumen)
    (told,) = StoredEvent.objects.filter(name="stores.store_followed")
    assert told.payload["store_id"] == str(lumen.pk)
    assert told.payload["user_id"] == str(ana.pk)
    assert follows(user_id=ana.pk, store_id=lumen.pk)
    assert followed_by(user_id=ana.pk) == {lumen.pk}


def test_the_page_of_a_store_says_how_many_follow_it(ana, lumen):
    for person in (ana, factories.user(), factories.user()):
        follow(person, lumen)
    unfollow_store(user_id=ana.pk, store_id=lumen.pk)
    unfollow_store(user_id=ana.pk, store_id=lumen.pk)
    assert visited_store("lumen", AT)[2] == 2
    assert follower_count(lumen.pk) == Follow.objects.filter(store=lumen).count() == 2


def test_a_store_that_is_not_open_cannot_be_followed_and_drops_out_of_the_list_while_it_is_not(ana, lumen):
    follow(ana, lumen)
    suspend_store(operator_id=factories.user(is_staff=True).pk, store_id=lumen.pk, reason="Fakes.", at=AT)
    assert follows_of(user_id=ana.pk).rows == ()
    with pytest.raises(NotFound):
        follow(factories.user(), lumen)


def test_stores_one_follows_are_listed_newest_first_a_page_at_a_time(ana):
    stores = [factories.store(name=f"Store {n}") for n in range(3)]
    for store in stores:
        follow(ana, store)
    first = follows_of(user_id=ana.pk, limit=2)
    rest = follows_of(user_id=ana.pk, cursor=first.next_cursor, limit=2)
    assert [row.store.name for row in (*first.rows, *rest.rows)] == ["Store 2", "Store 1", "Store 0"]
    assert rest.next_cursor == ""
    with pytest.raises(BadRequest):
        follows_of(user_id=ana.pk, cursor="nonsense")


def test_those_who_follow_a_store_are_gone_through_in_pieces(lumen):
    people = [factories.user() for _ in range(3)]
    for person in people:
        follow(person, lumen)
    first = followers_of(lumen.pk, limit=2)
    rest = followers_of(lumen.pk, after=first[-1][0], limit=2)
    assert [user for _, user in (*first, *rest)] == [person.pk for person in people]


def test_whom_a_closed_account_followed_is_forgotten(ana, lumen):
    follow(ana, lumen)
    follow(factories.user(), lumen)
    close_account(user_id=ana.pk, runs_stores=False, at=AT + timedelta(days=1))
    shop.deliver()
    assert follower_count(lumen.pk) == Follow.objects.count() == 1
    assert Store.objects.get() == lumen
