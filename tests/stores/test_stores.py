from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from caravan.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from caravan.outbox.models import StoredEvent
from caravan.stores import queries
from caravan.stores.actions import edit_store, invite_staff, open_store, remove_staff, reopen_store, suspend_store
from caravan.stores.models import Store
from caravan.stores.rules import OpeningFacts, StoreFacts, slug_of
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

TEA = OpeningFacts(
    name="Чай и Кофе", country="KZ", currency="KZT", language="ru", zone="Asia/Almaty", ships_to=("RU", "KZ", "KZ")
)
CURRENCIES = {"KZT", "USD"}


@pytest.fixture
def owner():
    return factories.user()


def opened(owner, facts=TEA):
    return open_store(user_id=owner.pk, facts=facts, currencies=CURRENCIES, at=AT)


def test_a_store_opens_under_a_name_all_the_world_can_type(owner):
    store = opened(owner)
    assert (store.slug, store.ships_to, store.is_open) == ("chai-i-kofe", ("KZ", "RU"), True)
    assert queries.store_by_slug("chai-i-kofe") == store
    assert [(m.store.slug, m.role) for m in queries.stores_of(owner.pk)] == [("chai-i-kofe", "owner")]
    assert StoredEvent.objects.get().name == "stores.store_changed"


def test_stores_of_one_name_get_addresses_of_their_own(owner):
    assert [opened(owner).slug for _ in range(3)] == ["chai-i-kofe", "chai-i-kofe-2", "chai-i-kofe-3"]


@pytest.mark.parametrize(("name", "slug"), [("Opening", "opening-2"), ("茶", "store"), ("Ł & Ø — Straße!", "l-o-strasse")])
def test_any_name_makes_an_address(owner, name, slug):
    assert opened(owner, replace(TEA, name=name)).slug == slug


def test_long_names_make_addresses_that_fit():
    assert len(slug_of("щ" * 80)) <= 60


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"country": "XX"}, "country"),
        ({"currency": "BRL"}, "currency"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"ships_to": ("KZ", "XX")}, "ships_to"),
        ({"handling_days": 31}, "handling_days"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_a_store_that_could_not_trade_is_refused_with_the_field_named(owner, change, field):
    with pytest.raises(Invalid) as refused:
        opened(owner, replace(TEA, **change))
    assert set(refused.value.fields) == {field}
    assert not Store.objects.exists()


def test_an_edit_changes_what_the_store_says_and_keeps_its_address(owner):
    slug = opened(owner).slug
    edited = edit_store(user_id=owner.pk, slug=slug, facts=StoreFacts(name="Tea", handling_days=1), at=AT)
    assert (edited.slug, edited.name, edited.ships_to, edited.currency) == (slug, "Tea", (), "KZT")
    assert StoredEvent.objects.count() == 2


def test_staff_act_for_the_store_but_do_not_own_it(owner):
    store, helper = opened(owner), factories.proven(factories.user("boris@example.test"))
    for _ in range(2):
        invite_staff(user_id=owner.pk, slug=store.slug, email=" Boris@example.test ", at=AT)
    assert [(m.email, m.role) for m in queries.members_of(store.id)][1:] == [("boris@example.test", "staff")]
    assert queries.store_for_member(user_id=helper.pk, slug=store.slug).id == store.id
    for forbidden in (
        lambda: queries.store_for_member(user_id=helper.pk, slug=store.slug, role="owner"),
        lambda: edit_store(user_id=helper.pk, slug=store.slug, facts=TEA, at=AT),
        lambda: invite_staff(user_id=helper.pk, slug=store.slug, email=owner.email, at=AT),
        lambda: remove_staff(user_id=helper.pk, slug=store.slug, member_id=owner.pk),
    ):
        with pytest.raises(Forbidden):
            forbidden()


def test_who_is_removed_from_a_store_finds_it_no_more(owner):
    store, helper = opened(owner), factories.proven(factories.user("boris@example.test"))
    invite_staff(user_id=owner.pk, slug=store.slug, email="boris@example.test", at=AT)
    remove_staff(user_id=owner.pk, slug=store.slug, member_id=helper.pk)
    with pytest.raises(NotFound):
        queries.store_for_member(user_id=helper.pk, slug=store.slug)
    with pytest.raises(NotFound):
        remove_staff(user_id=owner.pk, slug=store.slug, member_id=helper.pk)
    with pytest.raises(Conflict):
        remove_staff(user_id=owner.pk, slug=store.slug, member_id=owner.pk)


def test_inviting_nobody_says_what_to_do(owner):
    with pytest.raises(Invalid) as refused:
        invite_staff(user_id=owner.pk, slug=opened(owner).slug, email="nobody@example.test", at=AT)
    assert "sign up" in refused.value.fields["email"]


def test_an_account_that_never_proved_the_address_is_not_let_in(owner):
    """Else whoever signs up first with a colleague's address would be given the store in their place."""
    factories.user("boris@example.test")
    with pytest.raises(Invalid):
        invite_staff(user_id=owner.pk, slug=opened(owner).slug, email="boris@example.test", at=AT)


def test_a_stranger_cannot_tell_a_store_from_none(owner):
    slug, stranger = opened(owner).slug, factories.user()
    for name in (slug, "no-such-store"):
        with pytest.raises(NotFound, match="among yours"):
            queries.store_for_member(user_id=stranger.pk, slug=name)


def test_a_suspended_store_is_hidden_from_shoppers_and_told_why(owner):
    store, operator = opened(owner), factories.user(is_staff=True)
    suspend_store(operator_id=operator.pk, store_id=store.id, reason="Counterfeits", at=AT)
    suspend_store(operator_id=operator.pk, store_id=store.id, reason="Counterfeits", at=AT)
    with pytest.raises(NotFound):
        queries.store_by_slug(store.slug)
    assert queries.open_stores() == []
    assert queries.store_for_member(user_id=owner.pk, slug=store.slug).status_reason == "Counterfeits"
    assert queries.stores_by_ids([store.id])[store.id].status == "suspended"
    reopen_store(operator_id=operator.pk, store_id=store.id, at=AT)
    assert queries.store_by_slug(store.slug).status_reason == ""


def test_only_an_operator_suspends_and_only_with_a_reason(owner):
    store, operator = opened(owner), factories.user(is_staff=True)
    with pytest.raises(Forbidden):
        suspend_store(operator_id=owner.pk, store_id=store.id, reason="I say so", at=AT)
    with pytest.raises(Invalid):
        suspend_store(operator_id=operator.pk, store_id=store.id, reason=" ", at=AT)


def test_the_list_of_stores_is_read_page_by_page(owner):
    made = [opened(owner).id for _ in range(5)]
    first = queries.open_stores(limit=2)
    rest = queries.open_stores(after=first[-1].id, limit=9)
    assert [store.id for store in first + rest] == sorted(made)


@pytest.mark.django_db(transaction=True)
def test_six_stores_of_one_name_opened_at_once_get_six_addresses(owner):
    def one(_) -> str:
        try:
            return opened(owner).slug
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(one, range(6)))) == 6
