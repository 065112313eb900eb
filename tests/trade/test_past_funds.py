from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from caravan.kernel.copying import record_id
from caravan.ledger.models import Posting
from caravan.ledger.queries import check
from caravan.trade.actions.history import record_orders
from caravan.trade.actions.past_funds import record_funds
from caravan.trade.actions.payouts import pay_stores
from caravan.trade.actions.timers import close_unshipped, confirm_due
from caravan.trade.models import Order, OrderLine, Payout
from caravan.trade.queries.proof import check_funds
from caravan.trade.rules.history import PastLine, PastOrder
from tests import factories
from tests.factories import AT
from tests.reputation import bought
from tests.trade.money import DAY, accounts, assert_proven

pytestmark = pytest.mark.django_db


def past(ref: str, *, as_of: datetime | None = AT, **happened: datetime) -> PastOrder:
    product = factories.product(factories.store(), factories.category(), title=f"Thing {ref}")
    variant = product.variants.get()
    line = PastLine(
        id=record_id("line", ref), product_id=product.pk, variant_id=variant.pk, version_id=product.version_id, title="Thing",
        sku="x", quantity=2, unit_minor=2_500, eur_minor=900, options=(("color", "red"),),
    )  # fmt: skip
    return PastOrder(
        id=record_id("order", ref), source="past", ref=ref, number=f"P-{ref}", store_id=product.store_id,
        buyer_id=bought.buyer().pk, market="BR", currency="BRL", store_currency="USD", rate=Decimal("5.1"), shipping_minor=500,
        shipping_eur_minor=90, lines=(line,), placed_at=AT - 90 * DAY, as_of=as_of, **happened,
    )  # fmt: skip


def test_a_past_with_every_end_leaves_books_that_prove():
    paid, sent, came = ({name: AT - days * DAY} for name, days in (("paid_at", 80), ("shipped_at", 78), ("received_at", 60)))
    orders = [
        past("unpaid", cancelled_at=AT - 89 * DAY),
        past("waits", **paid),
        past("travels", **paid, **sent),
        past("settled", **paid, **sent, **came),
        past("fresh", **paid, **sent, received_at=AT - DAY),
        past("returned", **paid, **sent, **came, refunded_at=AT - 50 * DAY),
        past("late return", **paid, **sent, **came, refunded_at=AT - 10 * DAY),
        past("never sent", **paid, cancelled_at=AT - 70 * DAY, refunded_at=AT - 70 * DAY),
        past("elsewhere", as_of=None, **paid, **sent, **came),
    ]
    record_orders(orders=orders)
    assert record_funds(source="past") == 7 + 4 + 2 + 3
    assert record_funds(source="past") == 0
    assert_proven()
    assert check_funds() == []
    left = accounts()
    assert left["escrow", "BRL"] == -2 * 5_500
    assert left["store_earned", "USD"] == left["store_available", "USD"]
    assert list(Posting.objects.order_by("id").values_list("at", flat=True)) == sorted(
        Posting.objects.values_list("at", flat=True)
    )
    assert Order.objects.get(external_ref="elsewhere").fund_state == "none"
    assert OrderLine.objects.filter(options=[["color", "red"]]).count() == len(orders)


def test_stores_of_the_past_were_paid_each_monday_and_the_next_payout_is_the_markets_own():
    factories.rates((AT - 90 * DAY).date(), USD="0.4", BRL="2")
    sold = {"paid_at": AT - 80 * DAY, "shipped_at": AT - 78 * DAY, "received_at": AT - 60 * DAY}
    record_orders(orders=[past("settled", **sold), past("later", **{n: at + 30 * DAY for n, at in sold.items()})])
    record_funds(source="past", paid_out_to="sandbox-ok")
    [paid] = Payout.objects.all()
    assert (paid.day.weekday(), paid.day - timedelta(days=7) <= (AT - 45 * DAY).date() <= paid.day) == (0, True)
    assert check_funds() == check() == []
    assert_proven()
    assert record_funds(source="past", paid_out_to="sandbox-ok") == 0
    assert pay_stores(at=AT) == 1
    assert Payout.objects.filter(state="paid").count() == 2
    assert check_funds() == check() == []
    assert accounts().get(("store_available", "USD"), 0) == 0


def test_what_was_overdue_before_the_market_opened_has_its_time_again():
    record_orders(orders=[past("waits", paid_at=AT - 20 * DAY), past("travels", paid_at=AT - 9 * DAY, shipped_at=AT - 8 * DAY)])
    record_funds(source="past")
    assert close_unshipped(at=AT + DAY) == 0
    assert (close_unshipped(at=AT + timedelta(days=5)), confirm_due(at=AT + 60 * DAY)) == (1, 1)
    assert_proven()
    assert check_funds() == []
