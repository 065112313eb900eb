from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.sheets import csv_text, guarded, unguarded


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"])
def test_what_a_spreadsheet_would_run_is_made_text(cell):
    assert next(csv.reader(io.StringIO(csv_text([[cell, "lamp"]]), newline=""))) == [f"'{cell}", "lamp"]


def test_ordinary_words_and_figures_stand_as_they_are():
    assert csv_text([["12.34 USD", "L'été", "'quoted'", 7]]) == "12.34 USD,L'été,'quoted',7\r\n"


@given(st.text(alphabet="'=+-@\t\ra1 ", max_size=6))
def test_every_cell_comes_back_as_it_was(cell):
    assert unguarded(guarded(cell)) == cell
