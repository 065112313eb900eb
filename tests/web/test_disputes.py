"""The three pages of a dispute, without scripts: forms that post, answers that redirect."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from caravan.kernel import clock
from caravan.people.models import User
from caravan.stores.models import Store
from caravan.trade.actions.disputes import propose
from caravan.trade.models import Dispute, DisputeEvidence
from tests import factories
from tests.trade.disputing import LATER, Case, case, complain, disputed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    """The pages ask the clock; it stands two days after a dispute may be opened. Files go where the test ends."""
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    for module in ("acts", "buyer", "seller", "operator"):
        monkeypatch.setattr(f"caravan.web.disputes.{module}.now", lambda: LATER + timedelta(days=2))
    monkeypatch.setattr("caravan.web.orders.views.now", lambda: LATER + timedelta(days=2))
    assert clock


def buyer(made: Case, tail: str = "") -> str:
    return f"/en-br/orders/{made.number}/dispute{tail}?key={made.viewer.key}"


def seller(made: Case) -> tuple[Client, str]:
    client = Client()
    client.force_login(User.objects.get(pk=made.store.user_id))
    slug = Store.objects.get(pk=made.order.store_id).slug
    return client, f"/en-us/seller/{slug}/disputes/{made.number}"


def operator(made: Case) -> tuple[Client, str]:
    client = Client()
    client.force_login(User.objects.get(pk=made.platform.user_id))
    return client, f"/en-us/operator/disputes/{made.number}"


def picture(name: str = "broken lamp.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def form(made: Case, **changed: object) -> dict[str, object]:
    typed = {
        "reason": "damaged",
        f"pieces-{made.line_id}": "2",
        "remedy": "refund",
        "amount": "",
        "text": "It came in two parts.",
    }
    return {**typed, **changed}


def test_a_buyer_opens_a_dispute_from_the_order_with_a_picture(client):
    made = case()
    assert "Open a dispute" in client.get(f"/en-br/orders/{made.number}?key={made.viewer.key}").content.decode()
    assert "It came" not in client.get(buyer(made)).content.decode()
    answer = client.post(buyer(made), form(made, amount="5,50", file=picture()), follow=True)
    page = answer.content.decode()
    assert "R$5.50" in page
    assert "It came in two parts." in page
    assert "broken lamp.webp" in page
    assert "Waiting for the store" in page
    assert "See the dispute" in client.get(f"/en-br/orders/{made.number}?key={made.viewer.key}").content.decode()


def test_a_complaint_that_is_refused_keeps_what_was_typed(client):
    made = case()
    answer = client.post(buyer(made), form(made, remedy="refund", amount="9999999"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="9999999"' in page
    assert "It came in two parts." in page
    assert not Dispute.objects.exists()


def test_both_sides_and_the_platform_see_the_proposals_side_by_side(client):
    made = disputed(minor=900)
    propose(side=made.store, remedy="refund", minor=300, note="Take a discount.", at=LATER)
    for page in (client.get(buyer(made)), *(c.get(path) for c, path in (seller(made), operator(made)))):
        text = page.content.decode()
        assert page.status_code == 200
        assert "R$9.00" in text
        assert "R$3.00" in text
        assert "Take a discount." in text


def test_a_buyer_accepts_the_stores_offer_and_the_money_goes_back(client):
    made = disputed(minor=900)
    store, base = seller(made)
    store.post(f"{base}/proposals", {"remedy": "refund", "amount": "3.00", "note": ""})
    page = client.post(buyer(made, "/acceptance"), {"proposal": made.newest("store")}, follow=True).content.decode()
    assert "R$3.00 goes back to the buyer." in page
    assert made.given_back == 300


def test_an_operator_decides_with_reasons_both_sides_read(client):
    made = disputed()
    store, base = seller(made)
    store.post(f"{base}/proposals", {"remedy": "nothing", "note": "It was whole."})
    client.post(buyer(made, "/escalation"))
    desk, path = operator(made)
    assert made.number in desk.get("/en-us/operator/disputes").content.decode()
    assert desk.post(f"{path}/decision", {"remedy": "refund", "amount": "4.00", "note": ""}).status_code == 422
    desk.post(f"{path}/decision", {"remedy": "refund", "amount": "4.00", "note": "The picture shows it."})
    for page in (client.get(buyer(made)), store.get(base)):
        assert "The picture shows it." in page.content.decode()
    assert made.given_back == 400
    assert made.number in desk.get("/en-us/operator/disputes?state=settled").content.decode()


def test_a_return_goes_through_all_its_forms(client):
    made = disputed(remedy="return")
    store, base = seller(made)
    store.post(f"{base}/acceptance", {"proposal": made.newest("buyer")})
    assert "Where do the goods go back to?" in store.get(base).content.decode()
    store.post(f"{base}/return-address", {"address": "The Lamp Store\n5 Dock Road\nPortland"})
    assert "5 Dock Road" in client.get(buyer(made)).content.decode()
    client.post(buyer(made, "/return"), {"carrier": "Correios", "tracking_code": "BR1"})
    store.post(f"{base}/return-receipt", {"resalable": "on"})
    assert "Sent back, money back" in client.get(buyer(made)).content.decode()
    assert made.given_back == made.order.total_minor


def test_a_resend_goes_through_all_its_forms(client):
    made = disputed(reason="not_received", remedy="resend")
    store, base = seller(made)
    store.post(f"{base}/acceptance", {"proposal": made.newest("buyer")})
    store.post(f"{base}/resend", {"carrier": "USPS", "tracking_code": "US2"})
    assert "Has the second parcel come" in client.get(buyer(made)).content.decode()
    client.post(buyer(made, "/resend-receipt"))
    assert made.dispute.outcome == "resend"


def test_a_buyer_withdraws_and_may_open_it_again(client):
    made = disputed()
    page = client.post(buyer(made, "/withdrawal"), follow=True).content.decode()
    assert "Open it again" in page
    assert "What happened?" in client.get(f"{buyer(made)}&again=1").content.decode()


def test_a_seller_finds_disputes_by_their_clock(client):
    made = disputed()
    store, base = seller(made)
    page = store.get(base.rpartition("/")[0]).content.decode()
    assert made.number in page
    assert "Waiting for the store" in page
    assert "See the dispute" in store.get(base.replace("/disputes/", "/orders/")).content.decode()


def test_files_are_shown_to_the_parties_and_the_platform_and_to_nobody_else(client):
    made = disputed()
    client.post(buyer(made, "/evidence"), {"file": picture()})
    file = DisputeEvidence.objects.get()
    other = disputed_elsewhere(made)
    for reader, path in (
        (client, buyer(made, f"/evidence/{file.pk}")),
        *((c, f"{base}/evidence/{file.pk}") for c, base in (seller(made), operator(made))),
    ):
        answer = reader.get(path)
        assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/webp", "nosniff")
        assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get(f"/en-br/orders/{made.number}/dispute/evidence/{file.pk}").status_code == 404
    assert other.get(f"/en-us/operator/disputes/{made.number}/evidence/{file.pk}").status_code == 404
    assert other.get(f"{seller(made)[1]}/evidence/{file.pk}").status_code == 404
    assert other.get(f"/en-br/orders/{made.number}/dispute").status_code == 404


def disputed_elsewhere(made: Case) -> Client:
    """The owner of another store, with an account of their own."""
    client, stranger = Client(), factories.user()
    factories.store(stranger)
    client.force_login(stranger)
    return client


def test_a_program_dressed_as_a_picture_is_refused_in_words(client):
    made = disputed()
    answer = client.post(buyer(made, "/evidence"), {"file": SimpleUploadedFile("photo.png", b"MZ\x00\x90" * 50)})
    assert answer.status_code == 422
    assert "none of them or damaged" in answer.content.decode()
    assert not DisputeEvidence.objects.exists()


def test_an_order_that_cannot_be_disputed_offers_no_form(client):
    made = case(shipped=False)
    assert client.get(buyer(made)).status_code == 404
    assert client.post(buyer(made), form(made)).status_code == 302
    complain(case_shipped_later(made))


def case_shipped_later(made: Case) -> Case:
    from caravan.trade.actions.fulfilment import ship_order
    from tests.trade.disputing import SHIPPED

    ship_order(user_id=made.day.seller_id, number=made.number, carrier="Post", tracking_code="RR1", at=SHIPPED)
    return made
