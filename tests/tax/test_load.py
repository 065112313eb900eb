from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, transaction

from caravan.kernel.errors import Conflict, Invalid
from caravan.project.cli import cli
from caravan.tax.actions.load import load_table, look_at
from caravan.tax.models import TableVersion
from caravan.tax.queries.tables import current_tables, forget_tables, rows_of, tables_of
from caravan.tax.queries.versions import versions
from caravan.tax.rules.read import COLUMNS

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY, LATER = AT.date(), date(2027, 1, 1)
HEAD = ",".join(COLUMNS["vat"])
TEXT = f"{HEAD}\nPL,,standard,24,,,https://example.org/law,A law\nPL,,books,5,,,https://example.org/law,A law\n"


def rate(day: date) -> object:
    return tables_of(day).vat_rate("PL", None, "standard").rate


def test_a_version_rules_from_its_day_on_and_not_before():
    load_table(text=TEXT, effective_from=LATER, at=AT)
    assert rate(LATER - timedelta(days=1)) == 23
    assert rate(LATER) == 24


def test_what_was_loaded_is_listed_with_who_and_when():
    load_table(text=TEXT, effective_from=LATER, at=AT, filename="poland.csv", loaded_by="ops@example.test")
    row = versions()[0]
    assert (row.table, row.effective_from, row.row_count, row.filename, row.loaded_by, row.loaded_at) == (
        "vat", LATER, 2, "poland.csv", "ops@example.test", AT,
    )  # fmt: skip


def test_the_preview_says_what_each_row_replaces_and_changes_nothing():
    draft = look_at(text=TEXT, effective_from=LATER, today=TODAY)
    assert [(c.kind, c.before.rate if c.before else None) for c in draft.changes] == [("changed", 23), ("changed", 5)]
    assert not TableVersion.objects.exists()


def test_the_past_is_never_edited():
    with pytest.raises(Invalid) as refused:
        load_table(text=TEXT, effective_from=TODAY - timedelta(days=1), at=AT)
    assert refused.value.code == "tax.past"


def test_a_file_with_a_refused_line_goes_in_not_at_all():
    with pytest.raises(Invalid) as refused:
        load_table(text=TEXT + "XX,,standard,1,,,https://e.org,A law\n", effective_from=LATER, at=AT)
    assert refused.value.code == "tax.refused"
    assert not TableVersion.objects.exists()


def test_the_same_file_for_the_same_day_is_loaded_once():
    load_table(text=TEXT, effective_from=LATER, at=AT)
    with pytest.raises(Conflict):
        load_table(text=TEXT, effective_from=LATER, at=AT)


def test_a_correction_is_a_later_version():
    load_table(text=TEXT, effective_from=LATER, at=AT)
    load_table(text=TEXT.replace(",24,", ",23,"), effective_from=LATER, at=AT + timedelta(hours=1))
    assert rate(LATER) == 23


@pytest.mark.parametrize("change", ["UPDATE tax_tableversion SET text = ''", "DELETE FROM tax_tableversion"])
def test_the_database_refuses_to_change_or_forget_a_version(change):
    load_table(text=TEXT, effective_from=LATER, at=AT)
    from django.db import connection

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_tables_are_read_once_a_minute(django_assert_num_queries):
    forget_tables()
    with django_assert_num_queries(1):
        current_tables(AT)
        current_tables(AT + timedelta(seconds=30))


def test_a_country_is_shown_with_the_rows_of_its_union():
    rows = rows_of("PL", TODAY)
    assert {"EU", "PL"} == {row.country for row in rows}


def test_the_command_shows_and_loads(tmp_path):
    file = tmp_path / "poland.csv"
    file.write_text(TEXT)
    run = CliRunner().invoke

    checked = run(cli, ["tax", "load", str(file), "--from", "2099-01-01", "--check"])
    assert checked.exit_code == 0, checked.output
    assert "23% -> 24%" in checked.output
    assert not TableVersion.objects.exists()

    assert run(cli, ["tax", "load", str(file), "--from", "2099-01-01"]).exit_code == 0
    assert "24%" in run(cli, ["tax", "show", "pl", "--at", "2099-01-01"]).output

    file.write_text(TEXT + "XX,,standard,1,,,https://e.org,A law\n")
    refused = run(cli, ["tax", "load", str(file), "--from", "2099-01-01"])
    assert refused.exit_code == 1
    assert "line 4: country “XX”" in refused.output
