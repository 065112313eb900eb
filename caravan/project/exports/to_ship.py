from __future__ import annotations

from pathlib import Path

import click

from caravan.project.cli import market_database
from caravan.project.csv_files import output_option, store_option, write_lines


@click.command(name="to-ship")
@store_option
@output_option
def command(store: str, output: Path | None) -> None:
    """Write the pieces a store still has to send as CSV, to be filled in and sent back by `caravan import shipments`.

    \b
    Examples:
      caravan export to-ship --store my-store > to-ship.csv
      caravan export to-ship --store my-store -o to-ship.csv
    """
    with market_database():
        from caravan.stores.queries import store_by_slug
        from caravan.trade.queries.to_ship import to_ship_csv

        write_lines(to_ship_csv(store_by_slug(store).id), output)
