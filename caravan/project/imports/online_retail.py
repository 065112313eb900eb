from __future__ import annotations

from pathlib import Path

import click

from caravan.project.cli import market_database


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Load UCI Online Retail (every invoice line of a British gift shop, 2010-2011) from FILE, CSV or gzipped CSV.

    \b
    Example:
      caravan import online-retail ../shared/data/online_retail/online_retail.csv.gz
    """
    with market_database():
        from caravan.kernel.clock import now
        from caravan.project.records.loading import load_online_retail
        from caravan.project.records.report import print_reconciliation, progress_bar

        with progress_bar() as progress:
            tallies, standing = load_online_retail(file, at=now(), progress=progress)
        print_reconciliation(tallies, standing)
        click.echo(f"Next: caravan insight refresh --at {standing.last_day}")
