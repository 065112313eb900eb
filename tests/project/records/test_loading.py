"""Trade records come in row by row or are refused with a reason; once or twice, whole or after a kill, the market is the same."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection

from caravan.catalog.models import Product
from caravan.kernel.ids import uuid7
from caravan.people.models import Buyer
from caravan.project.records.loading import load_olist, load_online_retail
from caravan.project.records.olist import Olist
from caravan.project.records.online_retail import OnlineRetail
from caravan.project.records.tally import Tally
from caravan.reputation.models import Feedback
from caravan.stores.models import Store
from caravan.trade.models import Order, OrderLine, Payment, Purchase
from tests.factories import AT
from tests.insight.lake.crash import in_a_child
from tests.project.records.files import olist_folder, retail_file


@pytest.fixture
def retail(tmp_path) -> OnlineRetail:
    """A shop's file, surveyed; a pound is a euro."""
    records = OnlineRetail(retail_file(tmp_path), uuid7(), lambda at, pence: pence)
    records.survey()
    return records


@pytest.fixture
def olist(tmp_path) -> Olist:
    """A marketplace's folder, surveyed; a real is a euro and a dollar."""
    records = Olist(olist_folder(tmp_path), lambda at, cents: cents, lambda at, cents: cents)
    records.survey()
    return records


def reasons(tally: Tally) -> dict[str, tuple[int, Decimal]]:
    return {reason: (count.rows, count.money) for reason, count in tally.refused.items()}


def test_a_tally_balances_in_rows_and_in_money():
    tally = Tally("till", "EUR")
    tally.accept(Decimal("1.10"))
    tally.refuse("torn", Decimal("-0.10"))
    tally.refuse("torn", Decimal("2"))
    assert (tally.read.rows, tally.read.money, tally.balanced) == (3, Decimal("3.00"), True)
    assert list(tally.lines()) == [
        ("accepted", 1, Decimal("1.10")), ("refused: torn", 2, Decimal("1.90")), ("read", 3, Decimal("3.00")),
    ]  # fmt: skip
    tally.accepted.add(Decimal(1))
    assert not tally.balanced


def test_every_line_of_a_shop_is_accepted_or_refused_with_a_reason(retail):
    orders = list(retail.orders())
    tally = retail.tally
    assert tally.balanced
    assert (tally.read.rows, tally.accepted.rows, tally.accepted.money) == (12, 5, Decimal("22.92"))
    assert reasons(tally) == {
        "cancellation of more than was bought before": (1, Decimal("-10.17")),
        "cancellation without a customer": (1, Decimal("-3.39")),
        "not goods (postage, fees, discounts, vouchers, manual entries)": (1, Decimal("18.00")),
        "no price (a stock note or a gift)": (1, Decimal("0.00")),
        "price finer than a penny": (1, Decimal("1.005")),
        "no country": (1, Decimal("12.75")),
        "negative price (an adjustment of the books)": (1, Decimal("-110.62")),
    }
    left = sum(order.items_minor for order in orders) - sum(refund.minor for refund in retail.refunds())
    assert Decimal(left) / 100 == tally.accepted.money


def test_a_packed_file_reads_the_same(tmp_path, retail):
    packed = OnlineRetail(retail_file(tmp_path, "online_retail.csv.gz"), uuid7(), lambda at, pence: pence)
    assert list(packed.rows()) == list(retail.rows())


def test_a_cancellation_gives_back_the_latest_purchases_of_the_same_thing(retail):
    hearts = [line for order in retail.orders() for line in order.lines if line.sku == "85123A"]
    back = {refund.line_id: refund.quantity for refund in retail.refunds()}
    assert [(line.quantity, back.get(line.id, 0)) for line in hearts] == [(6, 1), (4, 4)]


def test_a_shops_customers_keep_their_country_and_one_without_a_name_is_a_buyer_of_its_own(retail):
    assert [(buyer.ref, buyer.country) for buyer in retail.buyers()] == [("17850", "GB"), ("invoice 536371", "FR")]
    assert [order.market for order in retail.orders()] == ["GB", "GB", "FR"]
    assert [product.words[0].title for product in retail.products()] == ["White heart", "White lantern"]


def test_every_row_of_a_marketplace_is_accepted_or_refused_with_a_reason(olist):
    stored, given = list(olist.orders()), list(olist.feedback())
    orders, items, payments, reviews = olist.tallies
    assert all(tally.balanced for tally in olist.tallies)
    assert reasons(orders) == {"no items (unavailable)": (1, Decimal(0))}
    assert reasons(items) == {
        "item of an unknown order": (1, Decimal("77.00")),
        "no price": (1, Decimal("1.00")),
        "amount finer than a centavo": (1, Decimal("11.005")),
    }
    assert reasons(payments) == {
        "payment of an order that was not kept": (1, Decimal("12.00")),
        "no means of payment": (1, Decimal("0.00")),
    }
    assert {reason: rows for reason, (rows, _) in reasons(reviews).items()} == {
        "review of an order that was not delivered": 1,
        "review of an order that was not kept": 1,
        "an older review of the same order": 1,
    }
    assert Decimal(sum(o.items_minor + o.shipping_minor for o in stored)) / 100 == items.accepted.money
    assert [feedback.stars for feedback in given] == [5]


def test_an_order_of_two_sellers_is_one_purchase_and_an_order_of_each(olist):
    [purchase] = [p for p in olist.purchases() if p.ref == "two-sellers"]
    assert (purchase.total_minor, purchase.paid_minor) == (27_550, 27_550)
    own = [(o.ref, o.items_minor + o.shipping_minor) for o in olist.orders() if o.purchase_id == purchase.id]
    assert own == [("two-sellers", 22_000), ("two-sellers/1", 5_550)]


def test_what_was_called_off_is_refunded_and_what_nobody_paid_counts_for_nothing(olist):
    states = {o.ref: (o.order_state, o.payment_state, o.fulfilment_state) for o in olist.orders()}
    assert states["called-off"] == ("cancelled", "refunded", "none")
    assert states["unpaid"] == ("placed", "awaiting", "none")
    assert states["two-sellers"] == ("completed", "paid", "received")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("load", "source", "steps"),
    [(load_online_retail, retail_file, ("buyers", "rows")), (load_olist, olist_folder, ("products", "orders", "feedback"))],
)
def test_killed_in_the_middle_and_run_again_or_run_twice_it_is_the_same_market(tmp_path, load, source, steps):
    records = source(tmp_path)
    for step in steps:
        connection.close()  # the child opens its own
        assert not in_a_child(lambda step=step: load(records, at=AT, progress=dying_at(step)))
    tallies, standing = load(records, at=AT, progress=quiet)
    whole = market()
    again = load(records, at=AT, progress=quiet)
    assert market() == whole
    assert again[1] == standing
    assert all(tally.balanced for tally in (*tallies, *again[0]))
    money = next(tally for tally in tallies if tally.currency).accepted.money
    assert Decimal(standing.items_minor + standing.shipping_minor - standing.refunded_minor) / 100 == money


def dying_at(step: str) -> Callable[[str, int, int], None]:
    """Leaves by SIGKILL when the step is first heard of: what it wrote is committed, what follows is not begun."""

    def hear(heard: str, done: int, total: int) -> None:
        if heard == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return hear


def quiet(step: str, done: int, total: int) -> None:
    pass


def market() -> list[list[tuple[object, ...]]]:
    """All that an import writes, row by row, but for the instants at which the import itself ran."""
    tables = (Store, Buyer, Product, Purchase, Payment, Order, OrderLine, Feedback)
    return [list(table.objects.order_by("pk").values_list(*_told(table))) for table in tables]


def _told(table: type) -> list[str]:
    return [f.attname for f in table._meta.fields if f.name not in ("changed", "created_at", "updated_at")]
