"""The platform's tables as they come with the program: what a market begins with, until its operator sets others."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from caravan.shipping.rules.sheet import read_sheet
from caravan.shipping.rules.tariffs import Tariff
from caravan.shipping.rules.zones import DISTANCES, Zone

FROM, CURRENCY, SOURCE = date(2026, 1, 1), "EUR", "Caravan's own figures, after the public price lists of posts and couriers"


@cache
def bundled_zones() -> tuple[Zone, ...]:
    """Sets of countries without customs between them; each holds for parcels that stay inside."""
    rows = csv.DictReader(_text("zones.csv").splitlines())
    return tuple(
        Zone(row["code"], row["name"], frozenset(row["countries"].split()), frozenset(row["countries"].split())) for row in rows
    )


@cache
def bundled_tariff() -> Tariff:
    """The first table."""
    zones = (*DISTANCES, *(zone.code for zone in bundled_zones()))
    sheet = read_sheet(_text(f"platform_{FROM}.csv"), currency=CURRENCY, zones=zones)
    assert not sheet.refused, sheet.refused
    return Tariff(FROM, CURRENCY, sheet.rows, SOURCE)


def _text(name: str) -> str:
    return files("caravan.shipping").joinpath("data", name).read_text("utf-8")
