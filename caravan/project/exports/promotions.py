from __future__ import annotations

from pathlib import Path

import click

from caravan.project.cli import market_database
from caravan.project.csv_files import output_option, store_option, write_lines


@click.command()
@store_option
@output_option
def command(store: str, output: Path | None) -> None:
    """Write a store's promotions, drafts and what is on, as CSV: what `caravan import promotions` reads back.

    \b
    Examples:
      caravan export promotions --store my-store > spring.csv
      caravan export promotions --store my-store -o spring.csv
    """
    with market_database():
        from caravan.kernel.clock import now
        from caravan.promotions.queries.export import promotions_csv
        from caravan.promotions.queries.owners import owner_of
        from caravan.stores.queries import store_by_slug

        write_lines([promotions_csv(owner_of(store_by_slug(store)), now())], output)
