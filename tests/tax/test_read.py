from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from caravan.kernel.errors import Invalid
from caravan.tax.queries.tables import bundled
from caravan.tax.rules.read import COLUMNS, read_table
from caravan.tax.rules.tables import DutyRate, tables_on
from caravan.tax.rules.unions import EU, members

HEAD = ",".join(COLUMNS["vat"])
DAY = date(2027, 1, 1)


def vat(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


def test_a_file_says_by_its_columns_which_table_it_is_of():
    read = read_table(vat("PL,,standard,24,2027-01-01,,https://example.org/law,A law"))
    assert (read.table, read.refused) == ("vat", ())
    assert read.rows[0].rate == Decimal(24)


def test_the_order_of_columns_and_a_byte_order_mark_do_not_matter():
    head = ",".join(reversed(COLUMNS["vat"]))
    read = read_table(f"\ufeff{head}\nA law,https://example.org/law,,2027-01-01,24,standard,,PL\n")
    assert read.rows[0].country == "PL"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("PX,,standard,24,2027-01-01,,https://e.org,A law", "country", "country"),
        ("PL,,luxury,24,2027-01-01,,https://e.org,A law", "rate_class", "choice"),
        ("PL,,standard,-1,2027-01-01,,https://e.org,A law", "rate", "number"),
        ("PL,,standard,NaN,2027-01-01,,https://e.org,A law", "rate", "number"),
        ("PL,,standard,24,soon,,https://e.org,A law", "effective_from", "day"),
        ("PL,,standard,24,2027-01-01,2026-01-01,https://e.org,A law", "effective_until", "ends_first"),
        ("PL,,standard,24,2027-01-01,,javascript:alert(1),A law", "source_url", "url"),
        ("PL,,standard,24,2027-01-01,,https://e.org,", "source_title", "missing"),
        ("PL,,standard,24", "", "short"),
    ],
)
def test_a_line_that_is_no_row_is_refused_with_its_number_and_reason(row, column, code):
    read = read_table(vat("DE,,standard,20,2027-01-01,,https://e.org,A law", row))
    assert len(read.rows) == 1
    assert [(r.line, r.column, r.code) for r in read.refused] == [(3, column, code)]


def test_the_same_key_twice_on_one_day_is_refused():
    row = "PL,,standard,24,2027-01-01,,https://e.org,A law"
    assert [r.code for r in read_table(vat(row, row)).refused] == ["twice"]


def test_rows_of_days_gone_by_are_refused():
    read = read_table(vat("PL,,standard,24,2026-12-31,,https://e.org,A law"), not_before=DAY)
    assert [r.code for r in read.refused] == ["past"]


def test_a_row_without_a_day_begins_on_the_day_of_the_version():
    assert read_table(vat("PL,,standard,24,,,https://e.org,A law"), effective_from=DAY).rows[0].effective_from == DAY


@pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2\n", HEAD.replace("rate_class,", "")])
def test_what_is_no_table_is_refused_as_a_whole(text):
    with pytest.raises(Invalid):
        read_table(text)


def test_a_fixed_duty_without_its_amount_is_refused():
    head = ",".join(COLUMNS["regimes"])
    read = read_table(
        f"{head}\nEU,abroad,x,150,EUR,,per_heading,,,,,platform,on_top,all,platform,,2027-01-01,,https://e.org,A law\n"
    )
    assert [(r.column, r.code) for r in read.refused] == [("duty_amount", "missing")]


def test_every_bundled_row_names_its_source_and_every_member_of_the_union_has_a_rate():
    tables = tables_on(date(2026, 11, 22), bundled())
    for country in members(EU):
        assert tables.vat_rate(country, None, "standard"), country
        assert tables.bands("CN", country), country
    assert all(row.source.url.startswith("http") and row.source.title for row in bundled())


def test_the_markets_of_the_demo_have_a_rule_for_parcels_from_each_other():
    tables = tables_on(date(2026, 11, 22), bundled())
    markets = ("US", "RU", "BR", "AR", "AU", "ES", "PL", "KZ")
    for destination in markets:
        for origin in (*markets, "CN"):
            assert destination == origin or tables.bands(origin, destination), (origin, destination)


def test_a_rate_ends_where_its_successor_begins():
    assert tables_on(date(2025, 12, 31), bundled()).vat_rate("RU", None, "standard").rate == 20
    assert tables_on(date(2026, 1, 1), bundled()).vat_rate("RU", None, "standard").rate == 22


def test_of_two_rows_that_begin_on_one_day_the_later_loaded_rules():
    source = bundled()[0].source
    rows = [DutyRate("CH", "", "61", "", Decimal(rate), DAY, None, source) for rate in (5, 7)]
    assert tables_on(DAY, [*bundled(), *rows]).duty_rate("CH", "CN", "610910").rate == 7


def test_a_row_that_ends_as_it_begins_takes_its_key_away():
    source = bundled()[0].source
    gone = DutyRate("US", "", "", "Duties proclaimed after 24 July 2026", Decimal(0), DAY, DAY, source)
    assert tables_on(DAY, [*bundled(), gone]).extra_duties("US", "PL", "610910") == ()
