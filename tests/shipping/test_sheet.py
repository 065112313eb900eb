from __future__ import annotations

import pytest

from caravan.kernel.errors import Invalid
from caravan.kernel.sheets import csv_text
from caravan.shipping.rules.bundled import bundled_tariff
from caravan.shipping.rules.sheet import COLUMNS, read_sheet, sheet_rows

HEAD = ",".join(COLUMNS)
ZONES = ("domestic", "regional", "worldwide", "eu", "eaeu")


def read(*lines, currency="EUR"):
    return read_sheet("\n".join((HEAD, *lines)), currency=currency, zones=ZONES)


def test_an_export_read_back_is_the_same_table():
    text = csv_text(sheet_rows(bundled_tariff().rows, "EUR"))
    assert read_sheet(text, currency="EUR", zones=ZONES).rows == bundled_tariff().rows


def test_each_row_that_cannot_be_used_is_named_with_its_line_and_the_others_are_kept():
    sheet = read(
        "domestic,standard,parcel,1000,3.50,2,4",
        "atlantis,standard,parcel,1000,3.50,2,4",
        "domestic,pigeon,parcel,1000,3.505,5,4",
        "domestic,standard,parcel,1000,9.99,2,4",
        "",
        "domestic,standard,huge,-1,,0,0",
    )
    assert [r.most_grams for r in sheet.rows] == [1000]
    assert [(r.line, r.column) for r in sheet.refused] == [
        (3, "zone"), (4, "service"), (4, "cost"), (4, "days_max"), (5, "most_grams"),
        (7, "size"), (7, "most_grams"), (7, "cost"), (7, "days_max"),
    ]  # fmt: skip


def test_a_european_spreadsheet_is_read_too():
    sheet = read_sheet(
        "\ufeff" + HEAD.replace(",", ";") + "\ndomestic;standard;parcel;1000;3,50;2;4", currency="EUR", zones=ZONES
    )
    assert sheet.rows[0].cost_minor == 350


def test_amounts_have_the_decimals_of_the_currency():
    assert read("domestic,standard,parcel,1000,350,2,4", currency="JPY").rows[0].cost_minor == 350
    assert read("domestic,standard,parcel,1000,350.5,2,4", currency="JPY").refused[0].column == "cost"


@pytest.mark.parametrize("text", ["", "zone,service\n", "\x00"])
def test_a_file_without_the_columns_is_refused_whole(text):
    with pytest.raises(Invalid):
        read_sheet(text, currency="EUR", zones=ZONES)
