"""The examples of docs/shipping.md are computed, not remembered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.shipping.test_rules import offered, sent

PAGE = (Path(__file__).parents[2] / "docs" / "shipping.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([A-Z]{2}) \|(.+)\|$", PAGE, re.MULTILINE)


def test_there_are_examples():
    assert len(ROWS) > 10


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "".join(row))
def test_an_example_is_what_the_rules_say(row):
    origin, cells = row[0], [cell.strip() for cell in row[1].split("|")]
    to, weight, sides, handling, service, zone, charged, price, days = cells
    measured = tuple(int(side) * 10 for side in re.findall(r"\d+", sides)) or (0, 0, 0)
    way = offered(sent(int(weight[:-2]), origin, to, handling=int(handling), sides=measured))[service]
    assert (way.why.zone, f"{way.why.grams} g", str(way.cost), f"{way.days_min}–{way.days_max}") == (zone, charged, price, days)
