from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest

from caravan.kernel import clock
from caravan.trade.models import Order, Payment
from caravan.trade.queries.access import access_key
from tests.trade.scene import place, scene

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with clock.stopped(NOON):
        yield


@pytest.fixture
def path() -> str:
    placed = place(scene().owner, at=NOON)
    return f"/en-br/checkout/{placed.purchase_id}/payment?key={access_key(placed.purchase_id)}"


def seen(client, path: str) -> str:
    return html.unescape(client.get(path).content.decode())


def pay(client, path: str, number: str = ""):
    attempt = re.search(r'name="attempt" value="([^"]*)"', seen(client, path))[1]
    return client.post(path, {"attempt": attempt, "card_number": number, "card_expiry": "08/30", "card_code": "123"})


@pytest.fixture
def stripe(settings):
    """A market with Stripe that cannot be reached."""
    settings.PAYMENT_PROVIDER, settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET = "stripe", "sk_test_x", "whsec_x"
    settings.STRIPE_API = "http://127.0.0.1:9"


def test_while_the_bank_thinks_the_page_asks_again_and_takes_no_card_unless_wanted(client, path):
    pay(client, path, "4000000000002206")
    page = seen(client, path)
    assert "We are waiting for the bank" in page
    assert 'hx-trigger="every 2s"' in page
    assert '<meta http-equiv="refresh"' in page
    assert "card_number" not in page
    again = re.search(r'href="([^"]*again=1)"', page)[1]
    assert "card_number" in seen(client, again)
    assert 'hx-trigger="every 2s"' not in seen(client, again)


def test_a_card_that_is_authorised_first_is_captured_at_once(client, path):
    assert "thanks" in pay(client, path, "4000000000002008")["Location"]
    assert Payment.objects.get().state == "paid"


def test_where_the_provider_has_a_page_of_its_own_no_card_is_asked_for_and_the_form_may_lead_there(client, path, stripe):
    page = seen(client, path)
    assert "card_number" not in page
    assert "4242" not in page
    assert client.get(path)["Content-Security-Policy"].endswith("form-action 'self' https://checkout.stripe.com")
    assert client.get("/en-br/cart")["Content-Security-Policy"].endswith("form-action 'self'")


def test_a_provider_that_does_not_answer_is_said_and_asked_again(client, path, stripe):
    answer = pay(client, path)
    page = seen(client, answer["Location"])
    assert "does not answer" in page
    assert "We are waiting for the bank" in page
    assert Payment.objects.get().state == "started"


def test_a_market_without_a_provider_says_so_and_keeps_the_order(client, path, settings):
    settings.PRODUCTION = True
    assert "This market cannot take payments yet" in seen(client, path)
    assert "card_number" not in seen(client, path)


def test_the_rate_is_shown_with_source_day_and_margin_before_and_after(client, settings):
    settings.FX_MARGIN_BPS = 100
    placed = place(scene().owner, at=NOON)
    key = access_key(placed.purchase_id)
    words = "1 USD = 4.848 BRL (ECB, Mar 2, 2026; with 1% for the exchange)"
    assert words in seen(client, f"/en-br/checkout/{placed.purchase_id}/payment?key={key}")
    order = Order.objects.get(store_currency="USD")
    assert words in seen(client, f"/en-br/orders/{order.number}?key={key}")
    kept = (str(order.rate), order.rate_source, order.rate_as_of, order.rate_margin_bps)
    assert kept == ("4.8480000000", "ECB", "2026-03-02", 100)
