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

        text = promotions_csv(owner_of(store_by_slug(store)), now())
        if output:
            output.write_text(text, encoding="utf-8", newline="")
        else:
            click.echo(text, nl=False)
