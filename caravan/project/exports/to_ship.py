from __future__ import annotations

from pathlib import Path

import click

from caravan.project.cli import market_database


@click.command(name="to-ship")
@click.option("--store", required=True, help="The store's address name (slug).")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to standard output."
)
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

        lines = to_ship_csv(store_by_slug(store).id)
        if output:
            with output.open("w", encoding="utf-8", newline="") as out:
                out.writelines(lines)
        else:
            for line in lines:
                click.echo(line, nl=False)
