from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caravan.kernel.money import Money
from caravan.people.actions.notices import announce
from caravan.people.queries.notices import mail_choices, refusal_token, unread_count
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    user = factories.user(name="Ana Lima")
    client.force_login(user)
    return user


def tell(user, cause="1"):
    about = {"product": "Lamp", "was": Money(3000, "USD"), "now": Money(1999, "USD")}
    announce(user_id=user.pk, code="price_drop", cause=cause, about=about, url="/p/lamp/1/", at=AT)


def test_the_header_counts_what_is_unread_and_asks_nothing_for_a_guest(client, ana):
    tell(ana)
    with CaptureQueriesContext(connection) as asked:
        assert "1 unread notice" in client.get("/en-us/market").content.decode()
    assert sum("people_notice" in one["sql"] for one in asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert "unread notice" not in Client().get("/en-us/market").content.decode()
    assert not any("people_notice" in one["sql"] for one in asked)


def test_a_notice_leads_in_the_readers_market_to_what_it_is_about_and_is_read_then(client, ana):
    tell(ana)
    page = client.get("/pt-br/account/notices").content.decode()
    assert "Lamp" in page
    assert "30,00" in page
    href = next(part for part in page.split('"') if part.startswith("/pt-br/account/notices/") and part.count("-") > 3)
    answer = client.get(href)
    assert answer["location"] == "/pt-br/p/lamp/1/"
    assert unread_count(user_id=ana.pk) == 0


def test_all_are_marked_as_read_at_once(client, ana):
    tell(ana)
    tell(ana, "2")
    assert client.post("/en-us/account/notices/reading").status_code == 302
    assert unread_count(user_id=ana.pk) == 0
    assert "unread" not in client.get("/en-us/account/notices").content.decode()


def test_letters_are_chosen_by_kind(client, ana):
    client.post("/en-us/account/notices/letters", {"store_offer": "on", "coupon_ending": "on"})
    chosen = mail_choices(user_id=ana.pk)
    assert {code for code, by_mail in chosen.items() if by_mail} == {"store_offer", "coupon_ending"}


def test_a_mail_program_ends_letters_with_one_post_and_a_look_at_the_link_ends_nothing(ana):
    outside = Client(enforce_csrf_checks=True)
    path = f"/en-us/notices/refusal/{refusal_token(user_id=ana.pk, code='price_drop')}"
    assert "Price drops" in outside.get(path).content.decode()
    assert mail_choices(user_id=ana.pk)["price_drop"]
    assert outside.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not mail_choices(user_id=ana.pk)["price_drop"]
    assert outside.get("/en-us/notices/refusal/forged").status_code == 404
