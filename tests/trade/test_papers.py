from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pypdfium2
import pytest
from django.db import transaction

from caravan.catalog.models import Variant
from caravan.kernel.errors import Conflict
from caravan.people.actions.mail import writing_in
from caravan.stores.actions import state_legal
from caravan.stores.rules.legal import LegalFacts
from caravan.trade.actions.papers import issue_credit_note, issue_invoice
from caravan.trade.actions.refunding import RefundLine, refund_order
from caravan.trade.models import Order, OrderLine, Paper, Refund
from caravan.trade.papers.fonts import FOLDER, SCRIPTS, scripts_of
from caravan.trade.papers.invoice import invoice
from caravan.trade.papers.slip import packing_slips
from caravan.trade.queries.orders import order_by_id
from caravan.trade.queries.papers import papers_of_order, slips
from caravan.trade.rules.papers import Party, Slip, SlipLine
from tests.factories import AT
from tests.trade.scene import Scene, fill_cart, pay, place, scene


def paid(day: Scene) -> Order:
    placed = place(fill_cart((day.lamp, 2)))
    pay(placed)
    return Order.objects.get(number=placed.orders[0].number)


def give_back(order: Order, quantity: int) -> Refund:
    line = OrderLine.objects.get(order=order)
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        return refund_order(order=locked, cause=uuid4(), reason="broken", lines=[RefundLine(line.pk, quantity)], at=AT)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.django_db
def test_an_invoice_is_issued_once_and_numbered_by_its_store():
    day = scene()
    first, second = paid(day), paid(day)
    assert issue_invoice(order_id=first.pk, at=AT).name == "INV-000001"
    assert issue_invoice(order_id=second.pk, at=AT).name == "INV-000002"
    assert issue_invoice(order_id=first.pk, at=AT + timedelta(days=9)).issued_at == AT
    assert Paper.objects.count() == 2


@pytest.mark.django_db
def test_papers_and_order_say_which_article_was_bought_whatever_becomes_of_it():
    day = scene()
    Variant.objects.filter(pk=day.lamp.pk).update(options=[["color", "dark-red"], ["voltage", "230"]])
    order = paid(day)
    Variant.objects.filter(pk=day.lamp.pk).update(options=[["color", "blue"]])
    row = order_by_id(order.pk)
    assert row.lines[0].options == (("color", "dark-red"), ("voltage", "230"))
    issued = issue_invoice(order_id=order.pk, at=AT)
    note = issue_credit_note(refund_id=give_back(order, 1).pk, at=AT)
    for printed in (packing_slips(slips([row]), at=AT), invoice(issued, country="US"), invoice(note, country="US")):
        assert "dark-red · 230" in text_of(printed)


@pytest.mark.django_db
def test_there_is_no_invoice_before_the_payment():
    placed = place(fill_cart((scene().lamp, 1)))
    with pytest.raises(Conflict):
        issue_invoice(order_id=placed.orders[0].id, at=AT)


@pytest.mark.django_db
def test_an_invoice_stays_as_it_was_issued():
    order = paid(scene())
    issue_invoice(order_id=order.pk, at=AT)
    OrderLine.objects.update(title="Something else")
    assert [line.title for line in issue_invoice(order_id=order.pk, at=AT).paper.lines] == ["Lamp"]


@pytest.mark.django_db
def test_a_refund_has_a_credit_note_of_its_own_number_that_names_the_invoice():
    order = paid(scene())
    refund = give_back(order, 1)
    note = issue_credit_note(refund_id=refund.pk, at=AT)
    assert (note.name, note.paper.of_invoice) == ("CN-000001", "INV-000001")
    assert note.paper.total_minor == refund.total_minor
    assert [row.name for row in papers_of_order(order.pk)] == ["INV-000001", "CN-000001"]


@pytest.mark.django_db
def test_papers_name_who_sells_as_it_was_stated_when_they_were_issued():
    day = scene()
    order = paid(day)
    slug = order.store.slug
    state_legal(
        user_id=day.seller_id, slug=slug, facts=LegalFacts(name="Lamps LLC", address="1 Main St\nAustin", tax_number="EIN 1")
    )
    seller = issue_invoice(order_id=order.pk, at=AT).paper.seller
    assert (seller.name, seller.tax_number) == ("Lamps LLC", "EIN 1")
    assert seller.lines[:3] == (order.store.name, "1 Main St", "Austin")
    state_legal(user_id=day.seller_id, slug=slug, facts=LegalFacts(name="Sold Inc."))
    assert issue_credit_note(refund_id=give_back(order, 1).pk, at=AT).paper.seller == seller
    assert "EIN 1" in text_of(invoice(issue_invoice(order_id=order.pk, at=AT), country="US"))


@pytest.mark.django_db
def test_the_taxes_of_an_invoice_have_names_and_add_up_to_the_cent():
    order = paid(scene())
    Order.objects.filter(pk=order.pk).update(language="en")
    paper = issue_invoice(order_id=order.pk, at=AT).paper
    duty, tax = paper.taxes
    assert duty.name == "Customs duty"
    assert re.fullmatch(r"ICMS \d+% \([A-Z]{2}\)", tax.name)
    assert sum(tax.minor for tax in paper.taxes) == paper.tax_minor == order.tax_minor > 0
    partly = issue_credit_note(refund_id=give_back(order, 1).pk, at=AT).paper
    assert (partly.taxes, partly.tax_minor > 0) == ((), True)


@pytest.mark.django_db
def test_the_invoice_prints_what_was_paid_and_the_slip_no_prices():
    order = paid(scene())
    issued = issue_invoice(order_id=order.pk, at=AT)
    with writing_in("en"):
        printed = text_of(invoice(issued, country="US"))
    assert "INV-000001" in printed
    assert order.number in printed
    assert "Rua das Flores" in printed
    slip = text_of(packing_slips(slips([order_by_id(order.pk)]), at=AT))
    assert order.number in slip
    assert "R$" not in slip and "BRL" not in slip  # noqa: PT018


def test_every_script_has_its_font_and_prints():
    names = [
        "Łódź",
        "Привет",
        "Ελλάδα",
        "北京市",
        "東京",
        "서울",
        "محمد",
        "ירושלים",
        "हिन्दी",
        "ไทย",
        "ქართული",
        "Հայ",
        "বাংলা",
        "தமிழ்",
    ]
    lines = tuple(SlipLine(title=name, sku=str(n), quantity=1) for n, name in enumerate(names))
    slip = Slip(
        order_number="C1", placed_on=AT.date(), language="ru", store_name="Лавка", country="US",
        to=Party(name="José Ñandú", lines=("1 Main St",)), phone="", lines=lines,
    )  # fmt: skip
    printed = text_of(packing_slips([slip], at=AT))
    for name in ("Łódź", "Привет", "Ελλάδα", "北京市", "東京", "서울", "José Ñandú"):
        assert name in printed
    assert {name for name, _blocks in SCRIPTS} == {p.stem.removeprefix("NotoSans") for p in FOLDER.glob("NotoSans[A-Z]*.ttf")}
    assert scripts_of(["plain"]) == []


def test_what_no_font_has_is_no_empty_box():
    slip = Slip(
        order_number="C1", placed_on=AT.date(), language="en", store_name="S", country="DE", to=Party(name="A🙂B ﬁ 𐍈", lines=()),
        phone="", lines=(),
    )  # fmt: skip
    assert "AB fi ?" in text_of(packing_slips([slip], at=AT))


def test_a_coat_warm_to_minus_25_degrees_is_not_warm_to_a_question_mark():
    slip = Slip(
        order_number="C1", placed_on=AT.date(), language="en", store_name="S", country="DE", to=Party(name="A", lines=()),
        phone="", lines=(SlipLine(title="Coat, −25 °C, ≤ 2 kg", sku="", quantity=1),),
    )  # fmt: skip
    assert "Coat, -25 °C, <= 2 kg" in text_of(packing_slips([slip], at=AT))


def test_the_same_slip_is_the_same_file():
    slip = Slip(
        order_number="C1", placed_on=AT.date(), language="en", store_name="S", country="DE", to=Party(name="A", lines=()),
        phone="", lines=(),
    )  # fmt: skip
    assert packing_slips([slip], at=AT) == packing_slips([slip], at=AT)
