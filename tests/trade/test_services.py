from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.errors import Conflict
from caravan.kernel.money import Money
from caravan.ledger.queries import balance
from caravan.ledger.rules import AccountKind
from caravan.shipping.models import FreeShipping, LearnedRoute, Policy, Rate, Table
from caravan.shipping.queries import books_of, forget_books
from caravan.stores.models import Store
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.actions.funds import left_of, terms_of
from caravan.trade.actions.learning import learn_delivery
from caravan.trade.models import Order, Purchase
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.carts import cart
from caravan.trade.queries.proof import check_funds
from caravan.trade.rules.funds import earning
from tests.factories import AT
from tests.trade.scene import BRAZIL, pay, place, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def market_day():
    return scene()


def parcels(owner, at=AT, **services):
    seen = cart(owner=owner, market=BRAZIL, at=at, services={slug.replace("_", "-"): s for slug, s in services.items()})
    return {p.store.currency: p for p in seen.basket.parcels}


def lamps(day) -> Store:
    return Store.objects.get(pk=day.lamp.product.store_id)


def test_who_chooses_nothing_is_sent_by_standard_and_sees_what_else_there_is(market_day):
    parcel = parcels(market_day.owner)["USD"]
    assert parcel.delivery.service == "standard"
    assert [way.service for way in parcel.services] == ["economy", "standard", "express"]
    assert parcel.shipping == parcel.delivery.cost == Money(8_340, "BRL")  # 1.8 kg worldwide: 13.90 EUR at 6


def test_the_service_chosen_is_what_the_order_costs_and_promises(market_day):
    store = lamps(market_day)
    chosen = {store.slug: "express"}
    seen = cart(owner=market_day.owner, market=BRAZIL, at=AT, services=chosen).basket
    placed = place(market_day.owner, total=cart_total(market_day, chosen), services=chosen)
    order = Order.objects.get(store=store)
    parcel = next(p for p in seen.parcels if p.store.slug == store.slug)
    assert (order.service, order.shipping_minor) == ("express", parcel.shipping.minor)
    assert order.deliver_until == (AT + timedelta(days=parcel.delivery.days_max)).date()
    assert {o.service for o in Order.objects.exclude(store=store)} == {"standard"}
    assert Purchase.objects.get().total_minor == placed.total.minor


def cart_total(day, services):
    """What the page shows for delivery to the scene's address."""
    region = "SP"
    return cart(owner=day.owner, market=BRAZIL, at=AT, services=services, region=region).basket.total


def test_the_same_key_with_another_service_is_another_request(market_day):
    slug = lamps(market_day).slug
    place(market_day.owner, key="once", total=cart_total(market_day, {}))
    with pytest.raises(Conflict) as refused:
        place(market_day.owner, key="once", total=cart_total(market_day, {}), services={slug: "economy"})
    assert refused.value.code == "idempotency.reused"


def test_a_service_the_store_stopped_offering_is_said_and_nothing_ordered(market_day):
    store = lamps(market_day)
    Policy.objects.create(store=store, services=["standard"])
    forget_books()
    with pytest.raises(Conflict) as refused:
        place(market_day.owner, total=cart_total(market_day, {}), services={store.slug: "express"})
    assert refused.value.code == "shipping.gone"
    assert not Order.objects.exists()


def test_what_no_service_carries_is_set_apart_and_the_rest_can_be_ordered(market_day):
    Rate.objects.exclude(service="economy").delete()  # which carries packets of up to 2 kg: the lamps, not the rug
    forget_books()
    seen = cart(owner=market_day.owner, market=BRAZIL, at=AT).basket
    assert [(line.wanted.title, line.availability) for line in seen.unavailable] == [("Rug", "too_large")]
    assert [(p.store.currency, p.delivery.service) for p in seen.parcels] == [("USD", "economy")]
    assert seen.items == seen.parcels[0].items
    assert not seen.ready


def test_the_promise_of_the_store_is_frozen_in_the_order(market_day):
    store = lamps(market_day)
    Policy.objects.create(store=store, on_time_percent=10)
    forget_books()
    place(market_day.owner, total=cart_total(market_day, {}))
    Policy.objects.update(on_time_percent=0)
    order = Order.objects.get(store=store)
    assert order.on_time_promise_minor * 10 == order.items_minor
    assert Order.objects.exclude(store=store).get().on_time_promise_minor == 0


def test_a_large_piece_costs_the_room_it_takes(market_day):
    before = parcels(market_day.owner)["USD"].shipping
    type(market_day.lamp.product).objects.filter(pk=market_day.lamp.product_id).update(length_mm=600, width_mm=400, height_mm=200)
    after = parcels(market_day.owner)["USD"]
    assert after.shipping > before
    assert after.delivery.why.by_volume


def test_shipping_asks_the_database_nothing_once_its_tables_are_known(market_day, django_assert_num_queries):
    parcels(market_day.owner)
    stores = list(Store.objects.values_list("id", flat=True))
    with django_assert_num_queries(0):
        books_of(stores, AT)


def test_a_change_elsewhere_is_seen_within_a_minute(market_day):
    before = parcels(market_day.owner)["USD"].shipping
    table = Table.objects.create(store=lamps(market_day), effective_from=AT.date(), currency="USD")
    Rate.objects.create(
        table=table, zone="worldwide", service="standard", size="bulky", most_grams=9_000, cost_minor=100, days_min=1, days_max=2
    )
    assert parcels(market_day.owner)["USD"].shipping == before
    assert parcels(market_day.owner, at=AT + timedelta(seconds=61))["USD"].shipping == Money(480, "BRL")


def test_dates_are_learned_from_parcels_that_arrived(market_day):
    place(market_day.owner, total=cart_total(market_day, {}))
    model = Order.objects.get(store=lamps(market_day))
    for n in range(30):
        model.pk, model.purchase, model.number, model.service = None, None, f"N-{n}", "express"
        model.id = None
        past_order(model, days=3 + n / 10)
    assert learn_delivery(at=AT) == 1
    route = LearnedRoute.objects.get()
    assert (route.origin, route.destination, route.service, route.parcels) == ("US", "BR", "express", 30)
    assert (round(route.p10, 2), round(route.p50, 2), round(route.p90, 2)) == (3.29, 4.45, 5.61)


def past_order(model: Order, days: float) -> None:
    from caravan.kernel.ids import uuid7

    model.id = uuid7()
    model._state.adding = True
    model.payment_state, model.fulfilment_state, model.fund_state = "paid", "received", "held"
    model.paid_at = AT - timedelta(days=20)
    model.shipped_at = AT - timedelta(days=10)
    model.received_at = model.shipped_at + timedelta(days=days)
    model.save()


def test_shipping_the_market_gives_away_is_paid_to_the_store_from_the_markets_own_means(market_day):
    FreeShipping.objects.create(least_minor=100, currency="EUR", payer="platform", starts_on=AT.date())
    forget_books()
    placed = place(market_day.owner)
    pay(placed)
    order = Order.objects.get(store=lamps(market_day))
    assert order.shipping_minor == 0
    assert order.shipping_subsidy_minor == 1_738  # 13.90 EUR at 1.25 USD
    ship_order(user_id=market_day.seller_id, number=order.number, carrier="Post", tracking_code="X1", at=AT)
    receive_order(viewer=Viewer(key=placed.key), number=order.number, at=AT + timedelta(days=9))
    assert balance(AccountKind.MARKETING, None, "USD") == Money(order.shipping_subsidy_minor, "USD")
    goods = earning(terms_of(order), left_of(order)).earned
    assert balance(AccountKind.STORE_EARNED, order.store_id, "USD") == -goods - Money(order.shipping_subsidy_minor, "USD")
    assert check_funds() == []
