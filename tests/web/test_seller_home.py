from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from caravan.stores import queries
from caravan.trade.models import FxRate
from tests import factories
from tests.stores.test_logo import picture

pytestmark = pytest.mark.django_db

TEA = {
    "name": "Чай и Кофе", "description": "Since 1998", "country": "KZ", "currency": "KZT", "language": "ru", "reach": "chosen",
    "ships_to": ["RU", "KZ"], "handling_days": "3",
}  # fmt: skip


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    FxRate.objects.create(currency="KZT", as_of=date(2020, 1, 2), per_eur=Decimal(520), source="ECB")


@pytest.fixture
def owner(client):
    user = factories.user()
    client.force_login(user)
    return user


@pytest.fixture
def store(owner):
    return factories.store(owner, currency="KZT", country="KZ")


def test_a_store_is_opened_by_a_form_in_its_own_time_zone(client, owner):
    assert client.get("/en-kz/seller/opening").status_code == 200
    assert client.post("/en-kz/seller/opening", TEA)["location"] == "/en-kz/seller/chai-i-kofe"
    store = queries.store_by_slug("chai-i-kofe")
    assert (store.zone, store.ships_to, store.handling_days) == ("Asia/Almaty", ("KZ", "RU"), 3)
    assert client.get("/en-kz/seller")["location"] == "/en-kz/seller/chai-i-kofe"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"currency": "XAU"}, "currency"),
        ({"handling_days": "soon"}, "handling_days"),
        ({"ships_to": []}, "reach"),
    ],
)
def test_a_refused_opening_keeps_what_was_typed(client, owner, change, field):
    answer = client.post("/en-kz/seller/opening", {**TEA, **change})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page
    assert "Since 1998" in page
    assert queries.stores_of(owner.pk) == []


def test_who_has_no_store_is_invited_to_open_one(client, owner):
    assert "/seller/opening" in client.get("/en-us/seller").content.decode()


def test_who_has_several_stores_chooses(client, owner):
    names = [factories.store(owner).name for _ in range(2)]
    page = client.get("/en-us/seller").content.decode()
    assert all(name in page for name in names)


def test_settings_change_what_the_store_says(client, store):
    page = f"/en-kz/seller/{store.slug}/settings"
    assert store.name in client.get(page).content.decode()
    assert client.post(page, {**TEA, "name": "Tea", "zone": "Asia/Almaty", "reach": "everywhere"}).status_code == 302
    assert (queries.store_by_slug(store.slug).name, queries.store_by_slug(store.slug).ships_to) == ("Tea", ())


def test_a_logo_is_put_up_and_taken_down(client, store):
    logo = f"/en-kz/seller/{store.slug}/settings/logo"
    assert client.post(logo).status_code == 422
    assert client.post(logo, {"logo": picture()}).status_code == 302
    assert re.search(r'<img src="[^"]*\.webp"', client.get(f"/en-kz/seller/{store.slug}/settings").content.decode())
    client.post(logo, {"remove": "1"})
    assert queries.store_by_slug(store.slug).logo == ""


def test_the_legal_data_are_missed_until_they_are_stated(client, store):
    page = f"/en-kz/seller/{store.slug}/settings"
    assert "the legal name, the legal address, the tax number" in client.get(page).content.decode()
    stated = {"legal_name": "Чай ТОО", "legal_address": "пр. Абая, 1\r\n\r\nАлматы", "tax_number": "БИН 1"}
    assert client.post(f"{page}/legal", stated).status_code == 302
    assert queries.legal_of(store.pk).address_lines == ("пр. Абая, 1", "Алматы")
    assert "Not stated" not in client.get(page).content.decode()
    client.post(page, {**TEA, "name": "Tea", "zone": "Asia/Almaty", "reach": "everywhere"})
    assert queries.legal_of(store.pk).name == "Чай ТОО"


def test_refused_legal_data_stay_as_they_were_typed(client, store):
    page = client.post(f"/en-kz/seller/{store.slug}/settings/legal", {"legal_name": "Tea", "tax_number": "1" * 41})
    assert page.status_code == 422
    assert 'value="Tea"' in page.content.decode()
    assert 'href="#id_tax_number"' in page.content.decode()


def test_staff_are_added_by_address_and_removed(client, store):
    staff, helper = f"/en-kz/seller/{store.slug}/staff", factories.proven(factories.user("boris@example.test"))
    unknown = client.post(staff, {"email": "nobody@example.test"})
    assert unknown.status_code == 422
    assert 'value="nobody@example.test"' in unknown.content.decode()
    client.post(staff, {"email": "boris@example.test"})
    assert "boris@example.test" in client.get(staff).content.decode()
    client.post(f"{staff}/{helper.pk}/removal")
    assert len(queries.members_of(store.pk)) == 1


def test_the_owner_of_a_suspended_store_reads_why(client, store):
    type(store).objects.update(status="suspended", status_reason="Counterfeit watches")
    assert "Counterfeit watches" in client.get(f"/en-kz/seller/{store.slug}").content.decode()
