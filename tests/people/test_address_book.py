from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.ids import uuid7
from caravan.people.actions.addresses import (
    add_address,
    check_address,
    edit_address,
    make_default_address,
    remove_address,
)
from caravan.people.models import Address
from caravan.people.queries import addresses as queries
from caravan.people.queries.addresses import address_of, addresses_of
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

WARSAW = {
    "name": "Ewa Nowak", "country_code": "PL", "street_address": "ul. Marszałkowska 1", "city": "Warszawa",
    "postal_code": "00-950",
}  # fmt: skip


@pytest.fixture
def ewa():
    return factories.user()


def add(user, default=False, **changes):
    return add_address(user_id=user.pk, typed={**WARSAW, **changes}, default=default, at=AT)


def defaults_of(user) -> list[str]:
    return [row.address.street_address for row in addresses_of(user_id=user.pk) if row.is_default]


def test_the_first_address_is_the_default_and_the_next_is_not_unless_asked(ewa):
    assert add(ewa).is_default
    assert not add(ewa, street_address="Second 2").is_default
    assert add(ewa, default=True, street_address="Third 3").is_default
    assert defaults_of(ewa) == ["Third 3"]


def test_when_the_default_goes_another_takes_its_place(ewa):
    first = add(ewa)
    add(ewa, street_address="Second 2")
    remove_address(user_id=ewa.pk, address_id=first.id)
    assert defaults_of(ewa) == ["Second 2"]


def test_an_edit_keeps_what_the_post_needs_and_says_what_is_wrong(ewa):
    entry = add(ewa)
    with pytest.raises(Invalid) as refused:
        edit_address(user_id=ewa.pk, address_id=entry.id, typed={**WARSAW, "postal_code": "1"}, default=False)
    assert "00-950" in refused.value.fields["postal_code"]
    edit_address(user_id=ewa.pk, address_id=entry.id, typed={**WARSAW, "name": "Jan Nowak"}, default=False)
    assert address_of(user_id=ewa.pk, address_id=entry.id).address.name == "Jan Nowak"


def test_nobody_reads_or_writes_anothers_book(ewa):
    entry, stranger = add(ewa), factories.user()
    for attempt in (
        lambda: address_of(user_id=stranger.pk, address_id=entry.id),
        lambda: edit_address(user_id=stranger.pk, address_id=entry.id, typed=WARSAW, default=False),
        lambda: make_default_address(user_id=stranger.pk, address_id=entry.id),
        lambda: remove_address(user_id=stranger.pk, address_id=entry.id),
        lambda: address_of(user_id=ewa.pk, address_id=uuid7()),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert defaults_of(ewa) == [WARSAW["street_address"]]


def test_a_full_book_takes_no_more(ewa, monkeypatch):
    monkeypatch.setattr("caravan.people.actions.addresses.MOST", 2)
    add(ewa), add(ewa)
    with pytest.raises(Conflict):
        add(ewa)
    assert queries.MOST > 2


def test_every_refusal_is_a_sentence():
    with pytest.raises(Invalid) as refused:
        check_address(typed={"country_code": "US", "country_area": "Bavaria", "postal_code": "x", "phone": "1"})
    assert all(text.endswith(".") for text in refused.value.fields.values()), refused.value.fields
    assert set(refused.value.fields) == {"name", "street_address", "city", "country_area", "postal_code", "phone"}


@pytest.mark.django_db(transaction=True)
def test_two_devices_adding_at_once_leave_one_default(ewa):
    def one(n: int) -> None:
        try:
            add(ewa, default=True, street_address=f"Street {n}")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(6)))
    assert Address.objects.filter(user=ewa).count() == 6
    assert len(defaults_of(ewa)) == 1
