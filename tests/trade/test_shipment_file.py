from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.errors import Invalid, NotFound
from caravan.kernel.sheets import csv_text
from caravan.trade.actions.shipment_file import FileReport, ship_file
from caravan.trade.models import Order, OrderLine, Parcel
from caravan.trade.queries.to_ship import to_ship_csv
from caravan.trade.rules.shipment_file import read_shipments
from tests import factories
from tests.factories import AT
from tests.trade.scene import Scene, fill_cart, pay, place, scene

pytestmark = pytest.mark.django_db
HEAD = "order_number,carrier,tracking_code,sku,quantity\n"


def paid(day: Scene, pieces: int = 1) -> str:
    placed = place(fill_cart((day.lamp, pieces)))
    pay(placed)
    return placed.orders[0].number


def slug(day: Scene) -> str:
    return str(day.lamp.product.store.slug)


def ship(day: Scene, text: str) -> FileReport:
    return ship_file(user_id=day.seller_id, store=slug(day), lines=text.splitlines(keepends=True), at=AT + timedelta(days=1))


def test_a_file_ships_its_orders_and_again_changes_nothing():
    day = scene()
    numbers = [paid(day) for _ in range(3)]
    text = HEAD + "".join(f"{n},dhl,T{i},,\n" for i, n in enumerate(numbers))
    first, second = ship(day, text), ship(day, text)
    assert (first.rows, first.parcels, first.unchanged, first.refused) == (3, 3, 0, [])
    assert (second.parcels, second.unchanged, second.refused) == (0, 3, [])
    assert set(Order.objects.filter(number__in=numbers).values_list("fulfilment_state", flat=True)) == {"shipped"}
    assert set(Parcel.objects.values_list("carrier", flat=True)) == {"DHL"}


def test_an_order_goes_in_parts_and_the_same_parts_again_change_nothing():
    day = scene()
    number, sku = paid(day, 3), day.lamp.sku
    parts = f"{HEAD}{number},Post,A,{sku},1\n{number},Post,B,{sku},\n"
    assert ship(day, parts).parcels == 2
    assert (ship(day, parts).unchanged, OrderLine.objects.get(order__number=number).shipped_quantity) == (2, 3)


def test_each_refused_row_says_its_line_and_why_and_the_rest_is_kept():
    day = scene()
    good, other = paid(day), paid(day, 2)
    foreign = place(fill_cart((day.rug, 1))).orders[0].number
    rows = [
        (good, "Post", "1", "", ""),
        ("C-NONE", "Post", "2", "", ""),
        (foreign, "Post", "3", "", ""),
        (other, "", "4", "", ""),
        (other, "Post", "5", "no-such", "1"),
        (other, "Post", "6", day.lamp.sku, "many"),
        (other, "Post", "7", day.lamp.sku, "9"),
        (other, "Post", "8", "", "2"),
    ]
    done = ship(day, HEAD + "".join(",".join(row) + "\n" for row in rows))
    assert (done.rows, done.parcels) == (8, 1)
    assert [(r.line, r.code) for r in done.refused] == [
        (3, "order.unknown"), (4, "order.unknown"), (5, "cell.missing"), (6, "sku.unknown"), (7, "quantity.form"),
        (8, "parcel.pieces"), (9, "quantity.alone"),
    ]  # fmt: skip
    assert all(r.reason and "%" not in r.reason for r in done.refused)


def test_a_parcel_with_one_wrong_row_is_not_sent_in_part():
    day = scene()
    number = paid(day, 2)
    done = ship(day, f"{HEAD}{number},Post,A,{day.lamp.sku},1\n{number},Post,A,no-such,1\n")
    assert [(r.line, r.code) for r in done.refused] == [(2, "parcel.other_row"), (3, "sku.unknown")]
    assert not Parcel.objects.exists()


def test_an_unpaid_order_is_refused_with_the_reason():
    day = scene()
    number = place(fill_cart((day.lamp, 1))).orders[0].number
    [refused] = ship(day, f"{HEAD}{number},Post,A,,\n").refused
    assert (refused.code, refused.line) == ("order.cannot_ship", 2)


def test_a_store_of_others_is_not_found():
    day = scene()
    with pytest.raises(NotFound):
        ship_file(user_id=factories.user().pk, store=slug(day), lines=[HEAD], at=AT)


def test_what_is_to_ship_comes_as_a_file_that_can_be_filled_in_and_sent_back():
    day = scene()
    number = paid(day, 2)
    head, row = "".join(to_ship_csv(day.lamp.product.store_id)).splitlines()
    assert row.split(",")[:5] == [number, "", "", day.lamp.sku, "2"]
    filled = row.replace(f"{number},,", f"{number},Post,RR1", 1)
    assert ship(day, f"{head}\n{filled}\n").parcels == 1
    assert "".join(to_ship_csv(day.lamp.product.store_id)).count("\n") == 1


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_and_the_names_other_tools_give_the_columns(separator: str):
    text = (
        separator.join(["Order", "Tracking number", "Shipping carrier", "Colour"])
        + "\n"
        + separator.join(["#c1", "T", "Post", "x"])
    )
    [[row]] = read_shipments(text.splitlines(keepends=True)).parcels
    assert (row.number, row.tracking_code, row.carrier, row.line) == ("C1", "T", "Post", 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "shipments.header"), ("order,carrier\n1,2\n", "shipments.header"), (f'{HEAD}"a,b\n', "shipments.csv"),
     (f"{HEAD}\udcff,b,c\n", "shipments.encoding"), (HEAD + "1,2,3\n" * 3, "shipments.many")],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_whole(text: str, code: str):
    with pytest.raises(Invalid) as refused:
        read_shipments(text.splitlines(keepends=True), most=2)
    assert refused.value.code == code


def test_two_hundred_orders_cost_the_same_for_each(django_assert_max_num_queries):
    day = scene()
    type(day.lamp).objects.filter(pk=day.lamp.pk).update(stock=100)
    numbers = [paid(day) for _ in range(20)]
    rows = [("order_number", "carrier", "tracking_code"), *((n, "Post", f"T{n}") for n in numbers)]
    with django_assert_max_num_queries(20 * 14 + 8):
        assert ship(day, csv_text(rows)).parcels == 20
