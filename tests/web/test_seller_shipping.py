from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from caravan.kernel import clock
from caravan.shipping.models import FreeShipping, Policy, Rate, Table, ZoneSet
from caravan.stores.models import Membership
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = "/en-us/seller/lumen/shipping"
HEAD = "zone,service,size,most_grams,cost,days_min,days_max\n"
REACH = {"reach": "everywhere", "handling_days": "1", "services": ["economy", "standard"], "on_time_percent": "10"}


@pytest.fixture(autouse=True)
def noon():
    with clock.stopped(AT):
        yield


@pytest.fixture
def store(client):
    factories.rates()
    owner = factories.user()
    client.force_login(owner)
    return factories.store(owner, slug="lumen", name="Lumen")


def seen(client, query=""):
    answer = client.get(HERE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def row(n, **cells):
    made = {
        "zone": "worldwide",
        "service": "standard",
        "size": "parcel",
        "most_grams": "2000",
        "cost": "5.00",
        "days_min": "4",
        "days_max": "9",
    }
    return {f"{n}-{name}": value for name, value in (made | cells).items()}


def test_the_preview_says_what_a_buyer_elsewhere_pays(client, store):
    page = seen(client, "?to=BR&kg=1.2&items=10")
    assert "A parcel of 1.2 kg to Brazil" in page
    assert "$17.38" in page  # 13.90 EUR at 1.25
    assert "Write a weight like 1.2" in seen(client, "?to=BR&kg=heavy")


def test_a_table_typed_in_the_editor_stands_before_the_markets(client, store):
    answer = client.post(
        f"{HERE}/table", {"rows": "3", "effective_from": "2026-03-02", **row(1), **row(3, most_grams="", cost="")}
    )
    assert answer["Location"] == HERE
    assert Rate.objects.filter(table__store=store).count() == 1
    assert "$5.00" in seen(client, "?to=BR&kg=1.2")


def test_a_table_to_come_is_not_in_force_today(client, store):
    client.post(f"{HERE}/table", {"rows": "1", "effective_from": "2026-04-01", **row(1)})
    page = seen(client, "?to=BR&kg=1.2")
    assert "to come" in page
    assert "$17.38" in page


def test_a_wrong_row_is_named_and_what_was_typed_is_kept(client, store):
    answer = client.post(f"{HERE}/table", {"rows": "1", "effective_from": "2026-03-02", **row(1, cost="cheap", zone="mars")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_1_cost"' in page
    assert 'value="cheap"' in page
    assert not Table.objects.filter(store=store).exists()


def test_what_has_passed_cannot_be_repriced(client, store):
    answer = client.post(f"{HERE}/table", {"rows": "1", "effective_from": "2026-03-01", **row(1)})
    assert answer.status_code == 422
    assert 'href="#id_effective_from"' in answer.content.decode()


def test_the_editor_begins_with_the_markets_table_in_the_stores_currency(client, store):
    page = client.get(f"{HERE}/table?from=market").content.decode()
    assert 'value="1.88"' in page  # 1.50 EUR at 1.25, the first domestic weight
    assert page.count("-zone") > 100


def test_a_table_goes_out_and_comes_in_by_file(client, store):
    text = client.get(f"{HERE}/table.csv").content.decode()
    answer = client.post(
        f"{HERE}/table/file", {"table": SimpleUploadedFile("t.csv", text.encode()), "effective_from": "2026-03-02"}
    )
    assert answer["Location"] == HERE
    assert Rate.objects.filter(table__store=store).count() == text.count("\r\n") - 1
    assert client.get(f"{HERE}/table.csv").content.decode().splitlines().sort() == text.splitlines().sort()


def test_a_file_with_wrong_rows_says_which_and_saves_nothing_unless_asked(client, store):
    text = HEAD + "domestic,standard,parcel,1000,3.50,2,4\nmars,standard,parcel,1000,3.50,2,4\n"

    def send(**more):
        return client.post(f"{HERE}/table/file", {"table": SimpleUploadedFile("t.csv", text.encode()), **more})

    refused = send()
    assert refused.status_code == 422
    assert "“mars” is no zone" in refused.content.decode()
    assert not Table.objects.filter(store=store).exists()
    assert send(partly="on").status_code == 302
    assert Rate.objects.filter(table__store=store).count() == 1


def test_a_table_taken_back_leaves_the_one_before_it(client, store):
    client.post(f"{HERE}/table", {"rows": "1", "effective_from": "2026-03-02", **row(1)})
    client.post(f"{HERE}/table/removal", {"day": "2026-03-02"})
    assert "$17.38" in seen(client, "?to=BR&kg=1.2")


def test_reach_handling_services_and_promise_are_one_form(client, store):
    assert client.post(f"{HERE}/reach", {**REACH, "reach": "chosen", "ships_to": ["BR", "PL"]})["Location"] == HERE
    store.refresh_from_db()
    assert (store.ships_to, store.handling_days) == (["BR", "PL"], 1)
    policy = Policy.objects.get(store=store)
    assert (policy.services, policy.on_time_percent) == (["economy", "standard"], 10)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"handling_days": "soon"}, "handling_days"),
        ({"on_time_percent": "51"}, "on_time_percent"),
        ({"reach": "chosen"}, "reach"),
    ],
)
def test_a_promise_that_cannot_be_kept_is_refused_where_it_stands(client, store, change, field):
    answer = client.post(f"{HERE}/reach", {**REACH, **change})
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()


def test_a_zone_is_made_used_and_only_then_kept(client, store):
    client.post(f"{HERE}/zones", {"name": "South America", "countries": ["BR", "AR"]})
    zone = ZoneSet.objects.get(store=store)
    assert zone.code == "own-south-america"
    client.post(f"{HERE}/table", {"rows": "1", "effective_from": "2026-03-02", **row(1, zone=zone.code, cost="7.00")})
    assert "$7.00" in seen(client, "?to=BR&kg=1.2")
    assert "$17.38" in seen(client, "?to=ZA&kg=1.2")
    client.post(f"{HERE}/zones/{zone.pk}/removal")
    assert ZoneSet.objects.filter(store=store).exists()
    assert client.post(f"{HERE}/zones", {"name": "South America", "countries": ["BR"]}).status_code == 422


def test_free_shipping_is_shown_from_its_amount_on(client, store):
    client.post(f"{HERE}/free", {"least": "50", "zone": "", "service": "standard"})
    assert FreeShipping.objects.get(store=store).payer == "store"
    assert ">free" not in seen(client, "?to=BR&kg=1.2&items=49.99")
    assert ">free" in seen(client, "?to=BR&kg=1.2&items=50")
    client.post(f"{HERE}/free/{FreeShipping.objects.get().pk}/removal")
    assert not FreeShipping.objects.exists()
    assert client.post(f"{HERE}/free", {"least": "much"}).status_code == 422


def test_staff_look_and_owners_change(client, store):
    clerk = factories.user()
    Membership.objects.create(store=store, user=clerk, role=Membership.Role.STAFF)
    client.force_login(clerk)
    assert "What a buyer sees" in seen(client)
    assert client.post(f"{HERE}/reach", REACH).status_code == 403
    assert client.post(f"{HERE}/free", {"least": "1"}).status_code == 403
    client.force_login(factories.user())
    assert client.get(HERE).status_code == 404
