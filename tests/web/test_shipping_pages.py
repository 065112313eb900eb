"""The store's pages about parcels, files, papers and notes, and the buyer's side of them."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from caravan.kernel.clock import now
from caravan.people.models import User
from caravan.trade.actions.tracking import SANDBOX, secret_of
from caravan.trade.models import Order, OrderNote, Parcel
from caravan.trade.payments import signature
from tests.trade.scene import Scene, fill_cart, pay, place, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Scene:
    return scene()


def paid(day: Scene, pieces: int = 2) -> tuple[str, str]:
    """An order's number, and the key of its guest."""
    placed = place(fill_cart((day.lamp, pieces), at=now()), at=now())
    pay(placed, at=now())
    return placed.orders[0].number, placed.key


def seller(day: Scene) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=day.seller_id))
    return client


def base(day: Scene) -> str:
    return f"/en-us/seller/{day.lamp.product.store.slug}"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_store_ships_a_part_and_the_buyer_sees_the_parcel_and_what_happens_to_it(day):
    number, key = paid(day, 3)
    line = Order.objects.get(number=number).lines.get()
    answer = seller(day).post(
        f"{base(day)}/orders/{number}/shipment", {"carrier": "usps", "tracking_code": "RR1", f"pieces-{line.pk}": "1"}
    )
    assert answer.status_code == 302
    seen = page(Client(), f"/en-us/orders/{number}?key={key}")
    assert "USPS" in seen
    assert "RR1" in seen
    assert "Partly shipped" in seen
    news = {"status": "customs", "place": "São Paulo", "text": "", "attempt": "1", "parcel": "1"}
    assert seller(day).post(f"{base(day)}/orders/{number}/parcels/1/news", news).status_code == 302
    seen = page(Client(), f"/en-us/orders/{number}?key={key}")
    assert "In customs" in seen
    assert "São Paulo" in seen
    assert "Ship the rest" in page(seller(day), f"{base(day)}/orders/{number}")


def test_wrong_pieces_are_said_on_the_form_that_keeps_what_was_typed(day):
    number, _ = paid(day)
    line = Order.objects.get(number=number).lines.get()
    typed = {"carrier": "Post", "tracking_code": "KEPT", f"pieces-{line.pk}": "many"}
    answer = seller(day).post(f"{base(day)}/orders/{number}/shipment", typed)
    assert answer.status_code == 422
    assert "KEPT" in answer.content.decode()


def test_a_file_of_shipments_says_what_became_of_each_row(day):
    numbers = [paid(day, 1)[0] for _ in range(3)]
    text = "order_number,carrier,tracking_code\n" + "".join(f"{n},DHL,T{n}\n" for n in numbers) + "NOBODY,DHL,1\n"
    file = SimpleUploadedFile("sent.csv", text.encode())
    answer = seller(day).post(f"{base(day)}/shipments", {"file": file})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "This store has no such order" in body
    assert Parcel.objects.count() == 3


@pytest.mark.parametrize("content", [b"", b"no,columns\n1,2\n", "order,carrier,tracking\nä,b,c\n".encode("latin-1")])
def test_a_file_that_is_none_is_explained(day, content: bytes):
    answer = seller(day).post(f"{base(day)}/shipments", {"file": SimpleUploadedFile("x.csv", content)} if content else {})
    assert answer.status_code == 422


def test_what_is_to_ship_is_a_file(day):
    number, _ = paid(day)
    answer = seller(day).get(f"{base(day)}/shipments/to-ship.csv")
    assert number in b"".join(answer).decode()


def test_papers_are_pdf_for_both_sides_and_nobody_else(day):
    number, key = paid(day)
    mine = Client().get(f"/en-us/orders/{number}/invoice.pdf?key={key}")
    assert mine.content[:5] == b"%PDF-"
    theirs = seller(day).get(f"{base(day)}/orders/{number}/invoice.pdf")
    assert theirs.content == mine.content
    slips = seller(day).get(f"{base(day)}/packing-slips.pdf?order={number}&order=NONE")
    assert slips["content-type"] == "application/pdf"
    assert Client().get(f"/en-us/orders/{number}/invoice.pdf").status_code == 404
    link = page(Client(), f"/en-us/orders/{number}?key={key}").partition("/papers/")[2].partition('"')[0]
    assert Client().get(f"/en-us/orders/{number}/papers/{link}").content[:5] == b"%PDF-"
    assert Client().get(f"/en-us/orders/{number}/papers/{urlsplit(link).path}").status_code == 404


def test_staff_notes_are_the_stores_alone(day):
    number, key = paid(day)
    assert seller(day).post(f"{base(day)}/orders/{number}/notes", {"note": "Call first"}).status_code == 302
    assert "Call first" in page(seller(day), f"{base(day)}/orders/{number}")
    assert "Call first" not in page(Client(), f"/en-us/orders/{number}?key={key}")
    note = OrderNote.objects.get()
    seller(day).post(f"{base(day)}/orders/{number}/notes/{note.pk}/removal")
    assert not OrderNote.objects.exists()


def test_a_buyer_orders_again(day):
    number, key = paid(day, 1)
    client = Client()
    answer = client.post(f"/en-us/orders/{number}/cart?key={key}")
    assert answer["location"].endswith("/cart")
    assert "Lamp" in page(client, "/en-us/cart")


def test_a_vacation_is_said_on_store_and_product(day):
    today = now().date()
    days = {"since": today.isoformat(), "until": (today + timedelta(days=9)).isoformat()}
    vacation = {**days, "mode": "closed", "message": "Gone fishing"}
    assert seller(day).post(f"{base(day)}/vacation", vacation).status_code == 302
    assert "Gone fishing" in page(seller(day), f"{base(day)}/vacation")
    product = day.lamp.product
    for path in (f"/en-us/store/{product.store.slug}/", f"/en-us/p/{product.slug}/{product.pk}/"):
        seen = page(Client(), path)
        assert "Gone fishing" in seen
        assert "Add to cart" not in seen
    wrong = seller(day).post(f"{base(day)}/vacation", {**vacation, "until": "yesterday"})
    assert wrong.status_code == 422


def test_a_carrier_is_answered_with_problem_details_or_how_many_parcels_it_was_news_for(day):
    number, _ = paid(day)
    seller(day).post(f"{base(day)}/orders/{number}/shipment", {"carrier": "Slow Boat", "tracking_code": "A1"})
    for code, status in (("NOBODY", 404), ("A1", 200)):
        news = {"id": "1", "tracking_code": code, "status": "accepted", "at": now().isoformat()}
        body = json.dumps(news).encode()
        headers = {signature.HEADER: signature.sign(secret_of(SANDBOX), body, now())}
        answer = Client().post("/webhooks/tracking/sandbox", body, "application/json", headers=headers)
        assert answer.status_code == status
    assert answer.json() == {"parcels": 1}
    assert Client().post("/webhooks/tracking/sandbox", body, "application/json").status_code == 403
