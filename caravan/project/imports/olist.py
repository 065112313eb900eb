from __future__ import annotations

from pathlib import Path

import click

from caravan.project.cli import market_database


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Load Olist's public data set (a real Brazilian marketplace) from FOLDER.

    \b
    Example:
      caravan import olist ../shared/data/olist
    """
    with market_database():
        from caravan.kernel.clock import now
        from caravan.project.records.loading import load_olist
        from caravan.project.records.report import print_reconciliation, progress_bar

        with progress_bar() as progress:
            tallies, standing = load_olist(folder, at=now(), progress=progress)
        print_reconciliation(tallies, standing)
        click.echo(f"Next: caravan insight refresh --at {standing.last_day}")
