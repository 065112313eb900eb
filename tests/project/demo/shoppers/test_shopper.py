from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from caravan.catalog.queries import categories
from caravan.kernel.clock import now
from caravan.people.rules.addresses import check
from caravan.project.demo.content.catalogue import product_types
from caravan.project.demo.content.places import markets
from caravan.project.demo.shoppers.browser import Browser
from caravan.project.demo.shoppers.page import Form
from caravan.project.demo.shoppers.postmen import RECEIVED_AFTER, SAID_AFTER, SENT_AFTER, Postmen
from caravan.project.demo.shoppers.shopper import Bought, Person, address, somebody, visit
from caravan.search.actions import rebuild
from caravan.signals.rules import is_person
from caravan.stores.models import Membership
from caravan.trade.models import Order
from tests import factories
from tests.project.demo.shoppers.client import Straight


def test_shoppers_want_what_the_season_asks_for():
    rng = Random(1)
    wishes = Counter((p.market.code, p.wants.season) for p in (somebody(date(2026, 1, 15), rng) for _ in range(3000)))
    assert wishes["RU", "winter"] > 3 * wishes["RU", "summer"]
    assert wishes["AU", "summer"] > 3 * wishes["AU", "winter"]


def test_shoppers_are_counted_as_people():
    assert is_person(Browser("http://shop.test")._headers("http://shop.test/", None)["User-Agent"])


def test_what_a_shopper_types_is_an_address_of_their_country():
    rng = Random(5)
    fields = dict.fromkeys(
        ("email", "name", "country_code", "street_address", "city", "city_area", "country_area", "postal_code", "key"),
        "as it stood",
    )
    for market in markets():
        person = replace(someone(), market=market)
        typed = address(person, Form("/checkout", "post", fields), rng)
        assert "key" not in typed
        assert check({name: value for name, value in typed.items() if name != "email"}).country_code == market.code


def someone() -> Person:
    wants = next(kind for kind in product_types() if kind.slug == "mug")
    return Person(next(m for m in markets() if m.code == "BR"), "pt", wants, "Ana Lima", "ana@demo.example")


@pytest.fixture
def goods(db, settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"
    factories.rates(datetime.now(UTC).date() - timedelta(days=1))
    store = factories.store(country="BR", currency="BRL")
    department, leaf = someone().wants.leaf.path.split("/")
    factories.product(store, factories.category(leaf, factories.category(department)), stock=500)
    categories.forget()
    rebuild(at=now())
    return store


def first_purchase() -> tuple[Bought, Straight]:
    for seed in range(80):
        browser = Straight()
        for step in visit(someone(), browser, Random(seed)):
            if step is not None:
                return step, browser
    raise AssertionError("nobody bought anything")


def test_a_shopper_buys_through_the_pages_and_the_parcel_travels(goods):
    bought, browser = first_purchase()
    order = Order.objects.get()
    assert (order.market, order.currency, order.payment_state) == ("BR", "BRL", "paid")
    assert order.number in bought.url

    keeper = factories.user()
    Membership.objects.create(store=goods, user=keeper, role=Membership.Role.STAFF)
    postmen, at = Postmen(keeper.pk, Random(1)), now()
    postmen.take(bought, browser, "pt", at)
    assert postmen.work(at) == 0
    for wait in (SENT_AFTER, RECEIVED_AFTER, SAID_AFTER):
        at += wait
        assert postmen.work(at) == 1
    order.refresh_from_db()
    assert order.fulfilment_state == "received"


def test_a_parcel_of_a_store_the_postmen_do_not_work_for_stays(goods):
    bought, browser = first_purchase()
    postmen = Postmen(factories.user().pk, Random(1))
    postmen.take(bought, browser, "pt", now())
    assert postmen.work(now() + SENT_AFTER) == 1
    assert Order.objects.get().fulfilment_state == "none"
