from __future__ import annotations

from pathlib import Path

import click

from caravan.project.cli import market_database
from caravan.project.csv_files import output_option, store_option, write_lines


@click.command()
@store_option
@output_option
def command(store: str, output: Path | None) -> None:
    """Write a store's goods as CSV. Importing the file again changes nothing.

    \b
    Examples:
      caravan export products --store my-store > goods.csv
      caravan export products --store my-store -o goods.csv
    """
    with market_database():
        from caravan.catalog.queries.export import export_products
        from caravan.stores.queries import store_by_slug

        write_lines(export_products(store_by_slug(store).id), output)
