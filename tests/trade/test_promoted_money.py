"""Whose money it is when the market bears a part of the price: completed, given back in part and whole, in two currencies; and
purchases there is no money in."""

from __future__ import annotations

from random import Random
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import transaction

from caravan.catalog.models import Variant
from caravan.kernel.errors import Conflict, Invalid
from caravan.kernel.ids import uuid7
from caravan.ledger.models import Posting
from caravan.project.commands.ledger import command
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Promotion
from caravan.trade.actions.cancelling import ask_cancel, cancel_by_store
from caravan.trade.actions.completing import receive_order
from caravan.trade.actions.fulfilment import ship_order
from caravan.trade.actions.moves import locked_order
from caravan.trade.actions.parcels import ship_parcel
from caravan.trade.actions.placing import Placed
from caravan.trade.actions.refunding import RefundLine, refund_order
from caravan.trade.actions.releasing import release_earned
from caravan.trade.actions.timers import close_unshipped
from caravan.trade.models import Order, OrderLine, Payment, Purchase, Refund
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.carts import open_cart_id
from caravan.trade.queries.proof import check_funds
from caravan.trade.queries.standing import standing_of
from caravan.trade.rules.cart import CartOwner
from tests import factories
from tests.factories import AT
from tests.promotions.running import running, tiers
from tests.trade.fair import LONG, Fair, counted, fair, of_the_market, shipping_is_free, signed_in
from tests.trade.money import DAY, accounts, again, stands
from tests.trade.scene import fill_cart, pay, place, shown_total, stock

pytestmark = pytest.mark.django_db


def order_of(variant: Variant) -> Order:
    return Order.objects.get(lines__variant=variant)


def received(day: Fair, *wanted: tuple[Variant, int]) -> Placed:
    """Paid, sent by their stores and received, on the ninth day."""
    owner = signed_in()
    placed = place(fill_cart(*(wanted or ((day.lamp, 4), (day.rug, 1))), owner=owner))
    if placed.total:
        pay(placed)
    for order in Order.objects.filter(purchase=placed.purchase_id):
        ship_order(user_id=seller_of(order), number=order.number, carrier="Post", tracking_code=order.number, at=AT + DAY)
        receive_order(viewer=Viewer(key=placed.key), number=order.number, at=AT + 9 * DAY)
    return placed


def seller_of(order: Order) -> UUID:
    member = order.store.memberships.first()
    if member is None:
        member = order.store.memberships.create(user=factories.user(), role="owner")
    return member.user_id


def give_back(order: Order, *lines: RefundLine, shipping: int = 0) -> Refund:
    with transaction.atomic():
        return refund_order(
            order=locked_order(order.pk), cause=uuid7(), reason="goodwill", lines=lines, shipping_minor=shipping, at=AT + 10 * DAY
        )


def bonus_of(order: Order) -> dict[str, int]:
    """What the postings of the market's part come to, by account."""
    sums: dict[str, int] = {}
    for posting in Posting.objects.filter(order_id=order.pk, kind="bonus"):
        for entry in posting.entries.all():
            sums[entry.kind] = sums.get(entry.kind, 0) + entry.minor
    return {kind: minor for kind, minor in sums.items() if minor}


def assert_clean() -> None:
    assert check_funds() == []
    done = CliRunner().invoke(command, ["check"])
    assert (done.exit_code, done.stdout.startswith("The ledger adds up")) == (0, True), done.stdout


# The market took 10.57 BRL off the lamps and 25.43 BRL off the rug: at 4.80 for a dollar and 1.50 for a zloty 2.20 USD (2.2021)
# and 16.95 PLN (16.9533); of them 8% are commission, 0.18 USD (0.176) and 1.36 PLN (1.356).


def test_the_market_pays_each_store_exactly_what_it_took_off_its_goods_less_commission():
    received(day := fair())
    lamps, rug = order_of(day.lamp), order_of(day.rug)
    assert bonus_of(lamps) == {"marketing": 220, "commission": -18, "store_earned": -202}
    assert bonus_of(rug) == {"marketing": 1_695, "commission": -136, "store_earned": -1_559}
    told = [standing_of(order.pk).earning for order in (lamps, rug)]
    assert [one.borne.minor for one in told if one] == [220, 1_695]  # as the store reads it
    assert (stands("marketing", "USD"), stands("marketing", "PLN"), stands("marketing", "BRL")) == (220, 1_695, 0)
    assert_clean()


def test_commission_is_a_share_of_what_was_paid_and_of_what_the_market_bears_and_of_no_more():
    received(day := fair())
    for variant, rate, currency in ((day.lamp, 4.8, "USD"), (day.rug, 1.5, "PLN")):
        order = order_of(variant)
        paid = round((order.total_minor - order.tax_minor) / rate)
        bears = bonus_of(order)["marketing"]
        assert stands("commission", currency) == -(round(paid * 0.08) + round(bears * 0.08))
        assert stands("store_earned", currency) == -(paid + bears) - stands("commission", currency)


def test_before_the_goods_are_there_the_market_pays_nothing():
    day = fair()
    pay(place(fill_cart((day.lamp, 4), (day.rug, 1), owner=signed_in())))
    assert stands("marketing", "USD") == stands("marketing", "PLN") == 0
    assert stands("escrow", "BRL") == -sum(Order.objects.values_list("total_minor", flat=True))
    assert_clean()


def test_with_a_piece_of_a_line_the_markets_part_of_it_comes_back_and_no_other():
    received(day := fair())
    order = order_of(day.lamp)
    line = OrderLine.objects.get(order=order)
    assert give_back(order, RefundLine(line.pk, 1)).items_minor == 11_423 // 4
    # 10.57 x (114.23 - 28.55) / 114.23 is 7.928, so 7.92 are left; 1.65 USD, 0.13 of it commission.
    assert bonus_of(order) == {"marketing": 165, "commission": -13, "store_earned": -152}
    assert again(order).subsidised_minor == 165
    assert stands("marketing", "PLN") == 1_695
    assert_clean()


@pytest.mark.parametrize("seed", range(4))
def test_all_of_it_given_back_in_any_order_leaves_every_account_at_nothing(seed):
    received(fair())
    random, shares = Random(seed), []
    for line in OrderLine.objects.all():
        shares += [(line.order_id, RefundLine(line.pk, 1))] * line.quantity
    random.shuffle(shares)
    for order_id, share in shares:
        give_back(Order.objects.get(pk=order_id), share)
        assert check_funds() == []
    for order in Order.objects.all():
        if order.shipping_minor > order.refunded_shipping_minor:
            give_back(order, shipping=order.shipping_minor - order.refunded_shipping_minor)
    assert set(Order.objects.values_list("payment_state", flat=True)) == {"refunded"}
    assert sum(Refund.objects.values_list("total_minor", flat=True)) == sum(Order.objects.values_list("total_minor", flat=True))
    assert accounts() == {}
    assert_clean()


def test_once_it_is_available_the_markets_part_is_too_and_goes_back_from_there():
    received(day := fair())
    order = order_of(day.lamp)
    earned = stands("store_earned", "USD", order.store_id)
    release_earned(at=AT + 40 * DAY)
    assert stands("store_earned", "USD", order.store_id) == 0
    assert stands("store_available", "USD", order.store_id) == earned
    give_back(again(order), RefundLine(OrderLine.objects.get(order=order).pk, 4), shipping=order.shipping_minor)
    assert stands("store_available", "USD", order.store_id) == 0
    assert stands("marketing", "USD") == 0
    assert_clean()


def test_with_a_margin_on_exchange_the_market_still_pays_at_the_rate_it_froze(settings):
    settings.FX_MARGIN_BPS = 200
    received(day := fair())
    for variant in (day.lamp, day.rug):
        order = order_of(variant)
        (subsidy,) = order.lines.values_list("subsidy_minor", flat=True)
        assert order.rate_margin_bps == 200
        assert bonus_of(order)["marketing"] == round(subsidy / float(order.rate))
    assert_clean()


# --- nothing to pay


def nothing_to_pay(*, per_piece: int = 100) -> Fair:
    """The market takes everything off, and the lamps' store sends for nothing."""
    day = fair()
    of_the_market({"min_items": 1, "percent": per_piece}, name="All of it")
    shipping_is_free(day.lamp)
    return day


def test_a_purchase_that_comes_to_nothing_is_paid_with_its_placing():
    day = nothing_to_pay()
    placed = place(fill_cart((day.lamp, 2), owner=signed_in()))
    assert placed.total.minor == 0
    assert Purchase.objects.get().state == "paid"
    order = Order.objects.get()
    assert (order.payment_state, order.fund_state, order.paid_at) == ("paid", "held", AT)
    assert (Payment.objects.count(), accounts()) == (0, {})
    assert counted(day) == (7, 1, 0, 2)
    assert_clean()


def test_it_is_sent_and_received_like_any_other_and_the_market_pays_for_it():
    day = nothing_to_pay()
    received(day, (day.lamp, 2))
    order = order_of(day.lamp)
    assert order.order_state == "completed"
    # Two lamps at 33.60: 67.20 BRL, 14.00 USD; 1.12 of it commission.
    assert bonus_of(order) == {"marketing": 1_400, "commission": -112, "store_earned": -1_288}
    assert_clean()


@pytest.mark.parametrize("by_store", [True, False])
def test_it_can_be_cancelled_and_its_pieces_are_there_again(by_store):
    day = nothing_to_pay()
    placed = place(fill_cart((day.lamp, 2), owner=signed_in()))
    number = placed.orders[0].number
    if not by_store:
        ask_cancel(viewer=Viewer(key=placed.key), number=number, reason="", at=AT + DAY)
    cancel_by_store(user_id=day.day.seller_id, number=number, at=AT + DAY)
    cancel_by_store(user_id=day.day.seller_id, number=number, at=AT + DAY)
    order = Order.objects.get()
    assert (order.order_state, order.payment_state, order.fund_state) == ("cancelled", "refunded", "returned")
    assert (stock(day.lamp), Refund.objects.count(), accounts()) == (10, 0, {})
    assert_clean()


def test_it_cannot_be_paid_a_second_time():
    day = nothing_to_pay()
    placed = place(fill_cart((day.lamp, 2), owner=signed_in()))
    with pytest.raises(Conflict, match="does not wait for a payment"):
        pay(placed)


def test_the_same_request_twice_is_one_free_purchase():
    day = nothing_to_pay()
    owner = fill_cart((day.lamp, 2), owner=signed_in())
    total, cart_id = shown_total(owner), open_cart_id(owner=owner)
    first, second = (place(CartOwner(owner.user_id, cart_id), key="k", total=total) for _ in range(2))
    assert (second.repeated, second.purchase_id) == (True, first.purchase_id)
    assert counted(day) == (7, 1, 0, 2)


def test_an_order_that_comes_to_nothing_beside_one_that_does_not_waits_for_their_payment():
    day = fair()
    tiers(running(day.lamp.product.store, "spend_save", **LONG), {"min_items": 1, "percent": 100})
    shipping_is_free(day.lamp)
    placed = place(fill_cart((day.lamp, 1), (day.rug, 1), owner=signed_in()))
    free, other = order_of(day.lamp), order_of(day.rug)
    assert (free.total_minor, free.payment_state, other.payment_state) == (0, "awaiting", "awaiting")
    pay(placed)
    assert (again(free).payment_state, again(other).payment_state) == ("paid", "paid")
    cancel_by_store(user_id=day.day.seller_id, number=free.number, at=AT + DAY)
    assert (again(free).order_state, again(other).order_state, stock(day.lamp)) == ("cancelled", "placed", 10)
    assert stands("escrow", "BRL") == -other.total_minor
    assert_clean()


# --- goods that are free beside others


@pytest.fixture
def gift():
    """A mug the market takes everything off, of the lamps' store."""
    day = fair()
    product = factories.product(day.lamp.product.store, day.lamp.product.category, title="Mug", weight_grams=300)
    mug = product.variants.get()
    whole = of_the_market({"min_items": 1, "percent": 100}, name="A mug", is_chosen=True)
    whole.goods.create(product=product)
    touch(store_ids=[None])
    Promotion.objects.filter(pk=day.gift.pk).update(state="stopped")
    return day, mug


def test_when_all_the_money_went_back_the_market_does_not_pay_for_what_was_free_either(gift):
    day, mug = gift
    received(day, (day.lamp, 1), (mug, 2))
    order = order_of(day.lamp)
    assert bonus_of(order)["marketing"] == 2_000
    lamp = order.lines.get(variant=day.lamp)
    give_back(order, RefundLine(lamp.pk, 1), shipping=order.shipping_minor)
    assert again(order).payment_state == "refunded"
    assert accounts() == {}
    assert_clean()


def test_when_all_the_money_went_back_before_anything_was_sent_the_free_pieces_are_on_the_shelf_again(gift):
    day, mug = gift
    pay(place(fill_cart((day.lamp, 1), (mug, 2), owner=signed_in())))
    order = order_of(day.lamp)
    give_back(order, RefundLine(order.lines.get(variant=day.lamp).pk, 1), shipping=order.shipping_minor)
    assert (again(order).payment_state, stock(day.lamp), stock(mug)) == ("refunded", 10, 10)
    assert_clean()


def test_free_pieces_that_were_not_sent_in_time_go_back_and_the_order_goes_on(gift):
    day, mug = gift
    pay(place(fill_cart((day.lamp, 1), (mug, 2), owner=signed_in())))
    order = order_of(day.lamp)
    lamp = order.lines.get(variant=day.lamp)
    ship_parcel(
        user_id=day.day.seller_id, number=order.number, carrier="Post", tracking_code="A", pieces={lamp.pk: 1}, at=AT + DAY
    )
    assert close_unshipped(at=AT + 30 * DAY) == 1
    assert close_unshipped(at=AT + 30 * DAY) == 0
    order = again(order)
    assert (order.order_state, order.fulfilment_state, order.payment_state) == ("placed", "shipped", "paid")
    assert (stock(mug), Refund.objects.count()) == (10, 0)
    assert_clean()


def test_a_free_piece_alone_is_no_refund(gift):
    day, mug = gift
    pay(place(fill_cart((day.lamp, 1), (mug, 2), owner=signed_in())))
    order = order_of(day.lamp)
    with pytest.raises(Invalid, match="Say how much"):
        give_back(order, RefundLine(order.lines.get(variant=mug).pk, 1))
