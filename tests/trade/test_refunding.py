from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.ids import uuid7
from caravan.outbox.models import StoredEvent
from caravan.trade.actions.moves import locked_order
from caravan.trade.actions.refunding import RefundLine, refund_order
from caravan.trade.actions.sending import hear_refund, paid_by_hand, send_refund, send_waiting
from caravan.trade.models import Order, OrderLine, Refund, SandboxRefund
from caravan.trade.payments import RefundResult
from tests.factories import AT
from tests.trade.money import accounts, again, assert_proven, bought, received, sent, stands
from tests.trade.scene import fill_cart, place, scene, stock

pytestmark = pytest.mark.django_db


def refund(order: Order, *lines: RefundLine, cause: UUID | None = None, shipping: int = 0) -> Refund:
    with transaction.atomic():
        return refund_order(
            order=locked_order(order.pk), cause=cause or uuid7(), reason="goodwill", lines=lines, shipping_minor=shipping, at=AT
        )


def only_line(order: Order) -> OrderLine:
    return OrderLine.objects.get(order=order)


def test_a_part_goes_back_out_of_escrow_and_the_order_goes_on():
    order, _ = bought(scene())
    line = only_line(order)
    given = refund(order, RefundLine(line.pk, 0, 100))
    assert (given.items_minor, given.tax_minor) == (100, line.tax_minor * 100 // line.total_minor)
    order = again(order)
    assert (order.payment_state, order.fund_state, order.refunded_minor) == ("paid", "held", given.total_minor)
    assert stands("escrow", "BRL", order.pk) == -(order.total_minor - given.total_minor)
    assert_proven()


def test_the_same_cause_gives_back_once():
    order, _ = bought(scene())
    first, second = (refund(order, RefundLine(only_line(order).pk, 0, 100), cause=UUID(int=7)) for _ in range(2))
    assert first.pk == second.pk
    assert only_line(order).refunded_minor == 100
    assert StoredEvent.objects.filter(name="trade.refund_decided").count() == 1


def test_a_line_named_twice_in_a_refund_gives_back_both():
    order, _ = bought(scene())
    line = only_line(order)
    given = refund(order, RefundLine(line.pk, 0, 100), RefundLine(line.pk, 1, 200))
    counted = only_line(order)
    assert (given.items_minor, counted.refunded_minor, counted.refunded_quantity) == (300, 300, 1)
    assert (given.tax_minor, given.parts.count()) == (line.tax_minor * 300 // line.total_minor, 1)
    assert_proven()
    with pytest.raises(Invalid):
        refund(order, RefundLine(line.pk, 0, line.total_minor - 400), RefundLine(line.pk, 0, 200))


def test_all_of_it_piece_by_piece_is_exactly_what_was_paid_and_closes_the_order():
    day = scene()
    order, _ = received(day)
    line = only_line(order)
    refund(order, RefundLine(line.pk, 1))
    refund(order, RefundLine(line.pk, 1))
    assert again(order).payment_state == "paid"
    refund(order, shipping=order.shipping_minor)
    done = again(order)
    assert (done.payment_state, done.fund_state, done.order_state) == ("refunded", "returned", "completed")
    assert sum(Refund.objects.values_list("total_minor", flat=True)) == order.total_minor
    assert accounts() == {}
    assert stock(day.lamp) == 8  # what was sent does not come back by itself
    assert_proven()


def test_after_completion_everyone_who_had_a_part_gives_it_back_in_proportion():
    order, _ = received(scene())
    had = accounts()
    line = only_line(order)
    refund(order, RefundLine(line.pk, 0, line.total_minor // 2), shipping=order.shipping_minor // 2)
    for account in (("commission", "USD"), ("store_earned", "USD"), ("tax", "BRL"), ("fx_position", "USD")):
        assert abs(accounts()[account] - had[account] / 2) <= 2
    assert_proven()


def test_pieces_given_back_before_they_were_sent_are_on_sale_again():
    day = scene()
    order, _ = bought(day)
    refund(order, RefundLine(only_line(order).pk, 1))
    assert stock(day.lamp) == 9
    sent(day, order)
    assert only_line(order).shipped_quantity == 1


def test_no_more_goes_back_than_was_paid():
    order, _ = bought(scene())
    line = only_line(order)
    for lines, shipping in (
        ([RefundLine(line.pk, 3)], 0),
        ([RefundLine(line.pk, 0, line.total_minor + 1)], 0),
        ([], order.shipping_minor + 1),
        ([], 0),
    ):
        with pytest.raises(Invalid):
            refund(order, *lines, shipping=shipping)
    with pytest.raises(NotFound):
        refund(order, RefundLine(uuid7(), 1))
    assert not Refund.objects.exists()


def test_what_was_never_paid_is_not_given_back():
    placed = place(fill_cart((scene().lamp, 1)))
    order = Order.objects.get(pk=placed.orders[0].id)
    with pytest.raises(Conflict):
        refund(order, RefundLine(only_line(order).pk, 1))


def test_an_open_dispute_keeps_the_last_of_the_money_where_it_is():
    day = scene()
    order, _ = bought(day)
    sent(day, order)
    Order.objects.filter(pk=order.pk).update(dispute_state="open")
    with pytest.raises(Conflict):
        refund(order, RefundLine(only_line(order).pk, 2), shipping=order.shipping_minor)


def test_the_provider_is_asked_once_however_often_the_job_runs():
    order, _ = bought(scene())
    given = refund(order, RefundLine(only_line(order).pk, 0, 100))
    for _ in range(3):
        assert send_refund(refund_id=given.pk, at=AT) == "done"
    assert [r.amount_minor for r in SandboxRefund.objects.all()] == [given.total_minor]
    assert StoredEvent.objects.filter(name="trade.refund_paid").count() == 1


def test_a_refund_whose_job_was_lost_is_sent_by_the_clock():
    order, _ = bought(scene())
    given = refund(order, RefundLine(only_line(order).pk, 0, 100))
    assert send_waiting(at=AT) == 0
    assert send_waiting(at=AT + timedelta(minutes=2)) == 1
    assert Refund.objects.get(pk=given.pk).state == "done"
    assert send_waiting(at=AT + timedelta(minutes=3)) == 0


def test_what_the_provider_says_of_a_refund_ends_it_once():
    order, _ = bought(scene())
    given = refund(order, RefundLine(only_line(order).pk, 0, 100))
    assert hear_refund(refund_id=given.pk, news=RefundResult("pending", "r"), at=AT) == "sent"
    assert hear_refund(refund_id=given.pk, news=RefundResult("failed", "r", "account_closed"), at=AT) == "failed"
    assert hear_refund(refund_id=given.pk, news=RefundResult("done", "r"), at=AT) == "failed"
    assert Refund.objects.get().problem == "account_closed"
    assert hear_refund(refund_id=uuid7(), news=RefundResult("done", "r"), at=AT) is None


def test_a_refund_its_provider_refused_is_ended_by_the_operator_who_says_how():
    order, _ = bought(scene())
    given = refund(order, RefundLine(only_line(order).pk, 0, 100))
    with pytest.raises(Conflict, match="did not fail"):
        paid_by_hand(refund_id=given.pk, note="by bank transfer", at=AT)
    hear_refund(refund_id=given.pk, news=RefundResult("failed", "r", "account_closed"), at=AT)
    with pytest.raises(Invalid):
        paid_by_hand(refund_id=given.pk, note="  ", at=AT)
    paid_by_hand(refund_id=given.pk, note="by bank transfer", at=AT)
    assert Refund.objects.values_list("state", "problem", "paid_at").get() == ("done", "by bank transfer", AT)
    assert StoredEvent.objects.filter(name="trade.refund_paid").count() == 1


def test_operators_end_a_failed_refund_in_the_admin(admin_client):
    order, _ = bought(scene())
    given = refund(order, RefundLine(only_line(order).pk, 0, 100))
    hear_refund(refund_id=given.pk, news=RefundResult("failed", "r", "account_closed"), at=AT)
    assert admin_client.get("/admin/trade/refund/?state=failed").status_code == 200
    answer = admin_client.post(f"/admin/trade/refund/{given.pk}/change/", {"problem": "by bank transfer"})
    assert answer.status_code == 302
    assert Refund.objects.get().state == "done"
