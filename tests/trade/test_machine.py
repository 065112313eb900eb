"""Any sequence of carts, payments, webhooks (late, twice, never), parcels, refunds, disputes, payouts, clocks and crashes: stock,
money and the books always add up, no order is in two minds, and nobody is paid back or paid out twice."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from caravan.ledger.queries import check
from caravan.outbox.models import StoredEvent
from caravan.trade.actions.moves import facets_of
from caravan.trade.models import (
    Order,
    OrderLine,
    Payment,
    Payout,
    Purchase,
    Refund,
    RefundPart,
    SandboxCharge,
    SandboxPayout,
    SandboxRefund,
)
from caravan.trade.queries.funds import terms_of
from caravan.trade.queries.proof import check_funds
from caravan.trade.rules.funds import SubsidisedLine, subsidy_left
from tests.promotions.running import running, tiers
from tests.trade.fair import LONG, counted, fair, of_the_market, shipping_is_free
from tests.trade.market import Events
from tests.trade.money import accounts
from tests.trade.scene import Scene, stock
from tests.trade.test_states import REACHABLE


class Market(Events):
    @invariant()
    def no_piece_is_lost_or_sold_twice(self) -> None:
        for variant, all_pieces in ((self.day.lamp, 10), (self.day.rug, 3)):
            lines = OrderLine.objects.filter(variant=variant).exclude(order__order_state="cancelled").select_related("order")
            assert stock(variant) + sum(map(_out, lines)) == all_pieces

    @invariant()
    def no_order_is_in_two_minds(self) -> None:
        for order in Order.objects.select_related("purchase"):
            assert facets_of(order) in REACHABLE
            paid = "paid" if order.payment_state == "refunded" else order.payment_state
            assert paid == order.purchase.state

    @invariant()
    def money_is_kept_for_what_was_sold_and_for_nothing_else(self) -> None:
        for purchase in Purchase.objects.all():
            kept = Payment.objects.filter(purchase=purchase, state="paid")
            assert kept.count() == (purchase.state == "paid" and purchase.total_minor > 0)
            assert all(p.amount_minor == purchase.total_minor for p in kept)

    @invariant()
    def no_order_gives_back_more_than_its_refunds_say_nor_they_more_than_it_cost(self) -> None:
        for order in Order.objects.all():
            refunds = Refund.objects.filter(order=order).aggregate(
                total=Sum("total_minor"), shipping=Sum("shipping_minor"), tax=Sum("tax_minor")
            )
            told = (order.refunded_minor, order.refunded_shipping_minor, order.refunded_tax_minor)
            assert told == tuple(refunds[name] or 0 for name in ("total", "shipping", "tax"))
            whole = order.payment_state != "awaiting" and told[0] == order.total_minor
            assert (order.payment_state == "refunded") == whole or not order.total_minor
            for line in order.lines.all():
                parts = RefundPart.objects.filter(line=line).aggregate(
                    n=Sum("quantity"), minor=Sum("minor"), tax=Sum("tax_minor")
                )
                assert (line.refunded_quantity, line.refunded_minor, line.refunded_tax_minor) == tuple(
                    p or 0 for p in parts.values()
                )

    @invariant()
    def the_provider_gave_each_refund_once(self) -> None:
        done = set(Refund.objects.filter(state="done").values_list("id", "total_minor"))
        wanted = set(Refund.objects.values_list("id", "total_minor"))
        unwanted = set(Payment.objects.filter(state="refunded").values_list("id", flat=True))
        sent = {(id, minor) for id, minor in SandboxRefund.objects.values_list("id", "amount_minor") if id not in unwanted}
        assert done <= sent <= wanted | {(id, minor) for id, minor in sent if Payment.objects.filter(pk=id).exists()}
        assert all(charge.refunded_minor <= charge.amount_minor for charge in SandboxCharge.objects.all())

    @invariant()
    def the_bank_sent_stores_what_the_books_say(self) -> None:
        sent = set(SandboxPayout.objects.values_list("id", "amount_minor"))
        assert set(Payout.objects.filter(state="paid").values_list("id", "minor")) <= sent
        assert sent <= set(Payout.objects.values_list("id", "minor"))

    @invariant()
    def the_books_prove(self) -> None:
        assert [*check(), *check_funds()] == []
        held: Counter[str] = Counter()
        for order in Order.objects.filter(payment_state__in=["paid", "refunded"]):
            held[order.currency] += order.total_minor - order.refunded_minor
        booked = accounts()
        assert all(booked.get(("provider_clearing", currency), 0) == minor for currency, minor in held.items())

    @invariant()
    def each_order_is_told_paid_completed_and_closed_at_most_once(self) -> None:
        for name in ("trade.order_paid", "trade.order_completed", "trade.order_closed"):
            told = [e["order_id"] for e in StoredEvent.objects.filter(name=name).values_list("payload", flat=True)]
            assert len(told) == len(set(told))


class Fair(Market):
    """The same on a day of promotions, of which some carts cost nothing."""

    def opened(self) -> Scene:
        self.fair = fair()
        tiers(running(self.fair.lamp.product.store, "spend_save", **LONG), {"min_items": 4, "percent": 100})
        of_the_market({"min_items": 2, "percent": 25}, name="Pair")
        shipping_is_free(self.fair.lamp)
        return self.fair.day

    @invariant()
    def every_piece_of_the_deal_is_left_or_somebodys(self) -> None:
        _, left, ordered, sold = counted(self.fair)
        assert left + ordered + sold == self.fair.flash.quantity

    @invariant()
    def each_order_remembers_what_came_off_it_to_the_cent(self) -> None:
        for line in OrderLine.objects.prefetch_related("cuts"):
            cuts = [cut for cut in line.cuts.all() if not cut.is_price]
            assert line.cut_minor == sum(cut.minor for cut in cuts)
            assert line.subsidy_minor == sum(cut.minor for cut in cuts if cut.payer == "platform")

    @invariant()
    def the_market_bears_its_part_of_what_buyers_have_kept_and_no_more(self) -> None:
        booked, due = accounts(), Counter[tuple[str, str]]()
        for order in Order.objects.filter(completed_at__isnull=False):
            lines = order.lines.values_list("subsidy_minor", "total_minor", "refunded_minor", "quantity", "refunded_quantity")
            left = subsidy_left(terms_of(order), [SubsidisedLine(*line) for line in lines]).minor
            assert order.subsidised_minor == left
            due["marketing", order.store_currency] += left
        assert {account: minor for account, minor in booked.items() if account[0] == "marketing"} == +due


def _out(line: OrderLine) -> int:
    """Pieces of a live line that are not on the shelf: sent, or still to be."""
    if line.order.fulfilment_state in ("none", "part_shipped"):
        return max(line.shipped_quantity, line.quantity - line.refunded_quantity)
    return line.shipped_quantity


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("market", "examples"), [(Market, 12), (Fair, 8)])
def test_stock_money_and_books_add_up_whatever_happens_in_whatever_order(market, examples):
    run_state_machine_as_test(
        market,
        settings=settings(max_examples=examples, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)),
    )
