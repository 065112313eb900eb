from __future__ import annotations

import sys
from pathlib import Path

import click

from caravan.project.cli import market_database
from caravan.project.csv_files import file_argument, reading_bar, report_option, say_counts, say_refused, store_option


@click.command()
@file_argument
@store_option
@report_option
def command(file: Path, store: str, report: Path | None) -> None:
    """Ship the orders of a CSV: order_number, carrier, tracking_code, and sku and quantity for a part of an order.

    Rows that cannot be shipped are refused one by one, with the reason; the rest is kept. Running it again changes nothing.
    Exit code 1 when rows were refused.

    \b
    Examples:
      caravan import shipments sent.csv --store my-store
      caravan import shipments sent.csv --store my-store --report refused.csv
    """
    with market_database():
        from caravan.kernel.clock import now
        from caravan.stores.queries import store_by_slug
        from caravan.trade.actions.shipment_file import ship_file_of

        with reading_bar("parcels") as show, file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            done = ship_file_of(store_id=store_by_slug(store).id, lines=lines, at=now(), progress=show)
    refused = done.refused
    say_counts({"rows": done.rows, "parcels": done.parcels, "unchanged": done.unchanged, "refused": len(refused)})
    say_refused(((r.line, r.number, r.code, r.reason) for r in refused), len(refused), report, of="order_number")
    sys.exit(1 if refused else 0)
