from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from caravan.project.cli import market_database


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--store", required=True, help="The store's address name (slug).")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the refused lines to this CSV file.")
def command(file: Path, store: str, report: Path | None) -> None:
    """Bring in promotions of a CSV file: a line for each of its goods or steps, those of one id together.

    Lines that cannot be used are refused one by one, with the reason; the rest is kept. Running it again changes nothing.
    Exit code 1 when lines were refused.

    \b
    Examples:
      caravan import promotions spring.csv --store my-store
      caravan import promotions spring.csv --store my-store --report refused.csv
    """
    with market_database():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        from caravan.kernel.clock import now
        from caravan.promotions.actions.importing import import_promotions
        from caravan.promotions.queries.owners import owner_of
        from caravan.stores.queries import store_by_slug

        console = Console(stderr=True)
        columns = (TextColumn("promotions"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with (
            Progress(*columns, console=console, disable=not console.is_terminal) as bar,
            file.open(encoding="utf-8-sig", errors="replace", newline="") as lines,
        ):
            task = bar.add_task("promotions", total=None)

            def show(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            done = import_promotions(owner=owner_of(store_by_slug(store)), lines=lines, at=now(), progress=show)
    told = (("created", done.created), ("updated", done.updated), ("unchanged", done.unchanged), ("refused", len(done.refused)))
    for name, n in told:
        click.echo(f"{name:<10}{n:>9,}")
    for line in done.refused[:20]:
        click.echo(f"line {line.line}  {line.ref}  {line.reason}", err=True)
    if len(done.refused) > 20:
        click.echo(f"... and more: {len(done.refused)} lines in all; --report FILE writes them down.", err=True)
    if report:
        with report.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["line", "id", "reason"])
            writer.writerows([r.line, r.ref, r.reason] for r in done.refused)
    sys.exit(1 if done.refused else 0)
