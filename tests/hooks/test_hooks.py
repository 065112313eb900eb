from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from caravan.hooks.actions import deliveries, endpoints
from caravan.hooks.models import Attempt, Delivery, Endpoint
from caravan.hooks.queries import deliveries_of, delivery_of, endpoint_of, endpoints_of
from caravan.hooks.rules import MOST_ENDPOINTS, TOPICS, WAITS, next_attempt, wrong_with
from caravan.hooks.subscribers import announce
from caravan.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from caravan.project.wiring import SUBSCRIPTIONS
from caravan.stores.models import Membership
from caravan.trade.events import OrderPaid
from caravan.trade.models import Order
from caravan.trade.payments import signature
from tests import factories
from tests.factories import AT
from tests.hooks.listener import listening
from tests.trade.scene import pay, place, scene

pytestmark = pytest.mark.django_db


class Shop:
    """A store with an order paid, and an address of its own system that hears of it."""

    def __init__(self, url: str, *topics: str) -> None:
        made = scene()
        self.owner_id = made.seller_id
        placed = place(made.owner)
        pay(placed)
        self.order = Order.objects.select_related("store").get(
            purchase_id=placed.purchase_id, store__memberships__user_id=made.seller_id
        )
        self.slug = self.order.store.slug
        self.endpoint_id = endpoints.add_endpoint(
            user_id=self.owner_id, slug=self.slug, url=url, topics=topics or ("order_paid",), at=AT
        )  # fmt: skip
        self.event = OrderPaid(
            at=AT,
            order_id=self.order.pk,
            store_id=self.order.store_id,
            buyer_id=self.order.buyer_id,
            total_minor=1,
            currency="BRL",
        )

    def happens(self) -> int:
        return deliveries.announce(self.event, store_id=self.order.store_id)

    def work(self, at: datetime = AT) -> int:
        """Run what is due by `at`, as the worker would; returns how many jobs."""
        due = ProcrastinateJob.objects.filter(task_name=deliveries.TASK, scheduled_at__lte=at, status="todo").order_by("id")
        jobs = list(due.values_list("args", flat=True))
        for args in jobs:
            deliveries.send(delivery_id=args["delivery_id"], attempt=args["attempt"], at=at)
        return len(jobs)

    def delivery(self) -> Delivery:
        return Delivery.objects.get(endpoint_id=self.endpoint_id)


def test_a_paid_order_is_told_once_and_signed():
    with listening() as system:
        shop = Shop(system.url)
        assert shop.happens() == 1
        assert shop.happens() == 0
        shop.work()
        shop.work()  # a job that runs again finds it done
    [(signed, body)] = system.heard
    secret = endpoint_of(user_id=shop.owner_id, slug=shop.slug, endpoint_id=shop.endpoint_id).secret
    signature.check(secret.encode(), signed, body, AT)
    said = json.loads(body)
    assert (said["id"], said["type"], said["store"]) == (str(shop.event.event_id), "order_paid", shop.slug)
    assert said["data"]["order"] == shop.order.number
    assert shop.delivery().state == "delivered"


def test_what_is_refused_is_tried_again_later_with_the_same_body():
    with listening(500, 503) as system:
        shop = Shop(system.url)
        shop.happens()
        shop.work()
        assert shop.work(AT + WAITS[0] - timedelta(seconds=1)) == 1  # only the first, which is over
        assert len(system.heard) == 1
        shop.work(AT + WAITS[0])
        shop.work(AT + WAITS[0] + WAITS[1])
    assert len(system.heard) == 3
    assert len({body for _, body in system.heard}) == 1
    assert shop.delivery().state == "delivered"
    assert list(Attempt.objects.order_by("id").values_list("status", flat=True)) == [500, 503, 200]


def test_after_a_day_and_a_half_it_is_given_up_and_the_address_is_paused():
    shop = Shop("http://127.0.0.1:9/nobody-listens")
    shop.happens()
    at = AT
    for wait in (*WAITS, timedelta()):
        shop.work(at)
        at += wait
    delivery = shop.delivery()
    assert (delivery.state, delivery.attempts) == ("given_up", len(WAITS) + 1)
    assert Endpoint.objects.get().pause_reason == "failing"
    assert shop.happens() == 0
    assert timedelta(days=1) < sum(WAITS, timedelta()) < timedelta(days=2)


def test_an_address_that_is_gone_is_asked_no_more():
    with listening(410) as system:
        shop = Shop(system.url)
        shop.happens()
        shop.work()
    assert shop.delivery().state == "given_up"
    assert Endpoint.objects.get().pause_reason == "gone"


def test_what_was_given_up_can_be_sent_again():
    with listening(410) as system:
        shop = Shop(system.url)
        shop.happens()
        shop.work()
        wake(shop)
        later = AT + timedelta(days=1)
        deliveries.resend(user_id=shop.owner_id, slug=shop.slug, delivery_id=shop.delivery().pk, at=later)
        deliveries.resend(user_id=shop.owner_id, slug=shop.slug, delivery_id=shop.delivery().pk, at=later)
        shop.work(later)
    assert shop.delivery().state == "delivered"
    assert len(system.heard) == 2


def test_a_paused_address_is_left_alone_and_what_waited_comes_when_it_wakes():
    with listening() as system:
        shop = Shop(system.url)
        shop.happens()
        pause(shop)
        shop.work()
        assert system.heard == []
        wake(shop)
        shop.work()
    assert len(system.heard) == 1


def test_a_try_reaches_the_address_whatever_it_hears_of():
    with listening() as system:
        shop = Shop(system.url, "payout_sent")
        sent = deliveries.ping(user_id=shop.owner_id, slug=shop.slug, endpoint_id=shop.endpoint_id, at=AT)
        shop.work()
    assert json.loads(system.heard[0][1])["type"] == "ping"
    assert delivery_of(user_id=shop.owner_id, slug=shop.slug, delivery_id=sent).state == "delivered"


def test_only_what_was_chosen_is_told():
    with listening() as system:
        shop = Shop(system.url, "order_shipped")
        assert shop.happens() == 0


def test_a_redirection_is_not_followed():
    with listening(302) as system:
        shop = Shop(system.url)
        shop.happens()
        shop.work()
    assert shop.delivery().state == "waiting"
    assert len(system.heard) == 1


def test_a_real_market_asks_no_machine_of_its_own_network(settings):
    settings.PRODUCTION = False
    with listening() as system:
        shop = Shop(system.url)
        shop.happens()
        settings.PRODUCTION = True
        shop.work()
    assert system.heard == []
    assert "open internet" in Attempt.objects.get().text


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("http://example.com/", "scheme"), ("ftp://example.com/", "scheme"), ("https://", "address"),
        ("https://a b.com/", "address"), ("https://user:word@example.com/", "address"), ("https://example.com:99999/", "scheme"),
        ("https://example.com/" + "x" * 500, "long"),
    ],
)  # fmt: skip
def test_an_address_that_will_not_do_is_named(url: str, wrong: str):
    assert wrong_with(url, ["order_paid"], insecure=False) == {"url": wrong}


def test_topics_have_to_be_some_that_exist():
    assert wrong_with("https://example.com/", [], insecure=False) == {"topics": "none"}
    assert wrong_with("https://example.com/", ["moon_rose"], insecure=False) == {"topics": "unknown"}


def test_every_topic_is_an_event_that_is_announced():
    heard = {event.name for event, hearers in SUBSCRIPTIONS.items() if announce in hearers}
    assert heard == {f"trade.{topic}" for topic in TOPICS}


def test_waits_grow_and_end():
    at = AT
    waits = [next_attempt(n, at) - at for n in range(1, len(WAITS) + 1)]
    assert waits == sorted(waits)
    assert next_attempt(len(WAITS) + 1, at) is None


def test_the_same_address_twice_is_refused_and_so_is_one_too_many():
    shop = Shop("http://one.example.com/")
    with pytest.raises(Conflict, match="notified already"):
        add(shop, "http://one.example.com/")
    for n in range(MOST_ENDPOINTS - 1):
        add(shop, f"http://{n}.example.com/")
    with pytest.raises(Conflict, match="at most"):
        add(shop, "http://more.example.com/")


def test_staff_see_and_try_but_only_the_owner_changes():
    shop = Shop("http://one.example.com/")
    staff = factories.user()
    Membership.objects.create(store_id=shop.order.store_id, user_id=staff.pk, role="staff")
    assert len(endpoints_of(user_id=staff.pk, slug=shop.slug)) == 1
    deliveries.ping(user_id=staff.pk, slug=shop.slug, endpoint_id=shop.endpoint_id, at=AT)
    with pytest.raises(Forbidden):
        endpoints.remove_endpoint(user_id=staff.pk, slug=shop.slug, endpoint_id=shop.endpoint_id)


def test_another_store_finds_nothing_of_it():
    shop = Shop("http://one.example.com/")
    shop.happens()
    other = factories.store(factories.user())
    other_owner = Membership.objects.get(store=other).user_id
    for look in (
        lambda: endpoint_of(user_id=other_owner, slug=other.slug, endpoint_id=shop.endpoint_id),
        lambda: delivery_of(user_id=other_owner, slug=other.slug, delivery_id=shop.delivery().pk),
        lambda: deliveries_of(user_id=other_owner, slug=shop.slug),
        lambda: deliveries.resend(user_id=other_owner, slug=other.slug, delivery_id=shop.delivery().pk, at=AT),
    ):
        with pytest.raises(NotFound):
            look()


def test_the_log_is_read_page_by_page_and_old_entries_go():
    shop = Shop("http://one.example.com/")
    for n in range(3):
        deliveries.ping(user_id=shop.owner_id, slug=shop.slug, endpoint_id=shop.endpoint_id, at=AT + timedelta(days=n))
    first = deliveries_of(user_id=shop.owner_id, slug=shop.slug, limit=2)
    rest = deliveries_of(user_id=shop.owner_id, slug=shop.slug, limit=2, cursor=first.next_cursor)
    assert [len(first.deliveries), len(rest.deliveries)] == [2, 1]
    assert rest.next_cursor is None
    assert deliveries.forget_old(at=AT + timedelta(days=31, hours=1)) == 2


def test_nothing_chosen_keeps_the_endpoint_as_it_was():
    shop = Shop("http://one.example.com/")
    with pytest.raises(Invalid):
        endpoints.change_endpoint(
            user_id=shop.owner_id, slug=shop.slug, endpoint_id=shop.endpoint_id, topics=[], paused=False, at=AT
        )  # fmt: skip
    assert Endpoint.objects.get().topics == ["order_paid"]


def test_a_new_secret_signs_the_next_request():
    with listening() as system:
        shop = Shop(system.url)
        before = Endpoint.objects.get().secret
        endpoints.renew_secret(user_id=shop.owner_id, slug=shop.slug, endpoint_id=shop.endpoint_id)
        shop.happens()
        shop.work()
        signed, body = system.heard[0]
    after = Endpoint.objects.get().secret
    assert after != before
    signature.check(after.encode(), signed, body, AT)


def add(shop: Shop, url: str) -> None:
    endpoints.add_endpoint(user_id=shop.owner_id, slug=shop.slug, url=url, topics=["order_paid"], at=AT)


def pause(shop: Shop) -> None:
    change(shop, paused=True)


def wake(shop: Shop) -> None:
    change(shop, paused=False)


def change(shop: Shop, *, paused: bool) -> None:
    endpoints.change_endpoint(
        user_id=shop.owner_id, slug=shop.slug, endpoint_id=shop.endpoint_id, topics=["order_paid"], paused=paused, at=AT
    )
