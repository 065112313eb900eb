"""docs/landed-cost.md is worked on paper; the rules come to the same figures."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.tax.queries.tables import bundled
from caravan.tax.rules.facts import ConsignmentFacts, ConsignmentLine
from caravan.tax.rules.landed import landed
from caravan.tax.rules.tables import tables_on

PAGE = (Path(__file__).parents[2] / "docs" / "landed-cost.md").read_text("utf-8")


def table(first: str) -> list[list[str]]:
    """The rows of the table of the page whose first column is called `first`."""
    lines = PAGE.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


RATES = RateTable({currency: Decimal(per_eur) for currency, per_eur in table("Currency")}, "2026-11-20", "the page")
ROUTES = table("Route")


def goods(cell: str, currency: str) -> tuple[ConsignmentLine, ...]:
    lines = []
    for part in cell.split(";"):
        value, heading, made_in, *pieces = part.replace(" x ", " ").split()
        lines.append(ConsignmentLine(Money.of(value, currency), heading, made_in, int(pieces[0]) if pieces else 1))
    return tuple(lines)


def test_at_least_twelve_routes_are_worked():
    assert len(ROUTES) >= 12
    assert len(re.findall(r"^\d+\. \*\*", PAGE, re.MULTILINE)) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route[0])
def test_a_route_costs_what_the_page_says(route):
    way, day, what, freight, regime, duty, tax, in_total, on_arrival = route
    origin, _, destination = way.split()
    country, _, region = destination.partition("-")
    amount, currency = freight.split()
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    facts = ConsignmentFacts(
        origin, country, currency, goods(what, currency), Money.of(amount, currency), at, region=region or None, grams=400
    )

    found = landed(facts, tables_on(at.date(), bundled()), RATES)

    assert found.complete, found.unknown
    figures = (found.duty.amount, found.vat.amount, found.collected.amount, found.on_arrival.amount)
    assert (found.regime, *figures) == (regime, duty, tax, in_total, on_arrival)
    assert all(step.source and step.source.url.startswith("http") for step in found.steps)
