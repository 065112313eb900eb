"""Feedback from the received order to the product's page, and the store's answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.reputation.models import Feedback
from caravan.trade.models import Purchase
from caravan.trade.queries.access import access_key
from tests import factories
from tests.reputation.bought import buyer, line
from tests.web.published import checked

pytestmark = pytest.mark.django_db

GOOD = {"stars": "5", "described": "5", "communication": "4", "shipping": "3", "text": "Warm and heavy."}


@pytest.fixture(autouse=True)
def rates():
    factories.rates()


@pytest.fixture
def ana(client):
    user = factories.user("ana@example.test")
    client.force_login(user)
    return user


@pytest.fixture
def seller():
    return factories.user("seller@example.test")


@pytest.fixture
def lamp(seller):
    return factories.product(factories.store(seller, slug="lumen"), factories.category(), title="Brass lamp")


@pytest.fixture
def bought(ana, lamp):
    return line(lamp, buyer(ana), received=timezone.now() - timedelta(days=1))


def form(bought, key: str = "") -> str:
    return f"/en-us/orders/{bought.order.number}/lines/{bought.pk}/feedback{f'?key={key}' if key else ''}"


def page(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return checked(answer.content.decode())


def test_what_arrived_waits_and_what_was_said_stands_below(client, ana, bought):
    seen = page(client, "/en-us/account/feedback")
    assert f'href="{form(bought)}"' in seen
    assert client.post(form(bought), GOOD)["location"] == "/en-us/account/feedback"
    after = page(client, "/en-us/account/feedback")
    assert form(bought) not in after
    assert "Warm and heavy." in after
    assert Feedback.objects.get().stars == 5


def test_who_bought_nothing_is_told_when_to_come_back(client, ana):
    assert "Nothing waits for your word" in page(client, "/en-us/account/feedback")


def test_a_refused_form_keeps_what_was_typed(client, bought):
    answer = client.post(form(bought), {**GOOD, "stars": "", "shipping": ""})
    seen = checked(answer.content.decode())
    assert answer.status_code == 422
    assert 'href="#id_stars"' in seen
    assert 'href="#id_shipping"' in seen
    assert "Warm and heavy." in seen
    assert 'name="described" value="5" checked' in seen
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("change", [{"stars": "9"}, {"stars": "²"}, {"stars": "-1"}, {"text": "x" * 2001}, {"described": "six"}])
def test_hostile_values_are_refused(client, bought, change):
    assert client.post(form(bought), {**GOOD, **change}).status_code == 422


def test_sent_twice_it_counts_once(client, bought):
    client.post(form(bought), GOOD)
    answer = client.post(form(bought), {**GOOD, "stars": "1"}, follow=True)
    assert "You have already rated this purchase." in answer.content.decode()
    assert Feedback.objects.get().stars == 5
    assert "You have rated this." in page(client, form(bought))


def test_before_it_arrived_and_after_a_month_the_page_says_why_not(client, ana, lamp):
    early, late = line(lamp, buyer(ana), received=None), line(lamp, ana.buyer, received=timezone.now() - timedelta(days=31))
    assert "once you have confirmed that it arrived" in page(client, form(early))
    assert "have passed" in page(client, form(late))
    for bought in (early, late):
        client.post(form(bought), GOOD)
    assert not Feedback.objects.exists()


def test_a_guest_rates_with_the_key_of_the_letter(client, lamp):
    theirs = line(lamp, buyer(), received=timezone.now())
    purchase = Purchase.objects.create(
        buyer=theirs.order.buyer, idempotency_key="k", total_minor=1, currency="EUR", pay_by=timezone.now()
    )
    type(theirs.order).objects.update(purchase=purchase)
    key = access_key(purchase.pk)
    order = f"/en-us/orders/{theirs.order.number}?key={key}"
    assert f'href="{form(theirs, key)}"' in page(client, order)
    assert "How was it?" in page(client, form(theirs, key))
    assert client.post(form(theirs, key), GOOD)["location"] == order
    assert Feedback.objects.get().line_id == theirs.pk
    page(client, form(theirs, "f" * 32), 404)


def test_nobody_rates_anothers_purchase(client, bought):
    client.force_login(factories.user())
    page(client, form(bought), 404)
    assert client.post(form(bought), GOOD).status_code == 404
    assert client.post(f"/en-us/orders/{bought.order.number}/lines/{uuid7()}/feedback", GOOD).status_code == 404


def test_what_is_said_in_html_is_read_as_words(client, bought, lamp):
    client.post(form(bought), {**GOOD, "text": "<script>alert(1)</script>"})
    seen = page(client, f"/en-us/p/{lamp.slug}/{lamp.pk}/")
    assert "&lt;script&gt;alert(1)" in seen


def test_a_store_reads_and_answers_once(client, bought, seller, lamp):
    client.post(form(bought), {**GOOD, "stars": "2"})
    client.force_login(seller)
    address = "/en-us/seller/lumen/feedback"
    assert "1 poor rating has no answer yet" in page(client, address)
    reply = f"{address}/{Feedback.objects.get().pk}/reply"
    refused = client.post(reply, {"text": "x" * 2001})
    assert refused.status_code == 422
    assert "x" * 2001 in refused.content.decode()
    assert client.post(reply, {"text": "Sorry"})["location"] == address
    assert "answered already" in client.post(reply, {"text": "Again"}, follow=True).content.decode()
    assert "Sorry" in page(client, f"/en-us/p/{lamp.slug}/{lamp.pk}/")
    page(client, f"{address}?stars=7", 400)


def test_the_pages_ask_the_same_number_of_questions_however_much_was_bought(client, ana, lamp, django_assert_num_queries):
    me = buyer(ana)
    line(lamp, me, received=timezone.now())
    for more in (0, 12):
        for _ in range(more):
            client.post(form(line(lamp, me, received=timezone.now())), GOOD)
            line(lamp, me, received=timezone.now())
        page(client, "/en-us/account/feedback")  # which shows the thanks of the posts
        with django_assert_num_queries(7):
            page(client, "/en-us/account/feedback")
