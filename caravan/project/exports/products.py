from __future__ import annotations

from pathlib import Path

import click

from caravan.project.cli import market_database


@click.command()
@click.option("--store", required=True, help="The store's address name (slug).")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to standard output."
)
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

        lines = export_products(store_by_slug(store).id)
        if output:
            with output.open("w", encoding="utf-8", newline="") as out:
                out.writelines(lines)
        else:
            for line in lines:
                click.echo(line, nl=False)
