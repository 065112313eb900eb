from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from caravan.project.cli import market_database


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--store", required=True, help="The store's address name (slug).")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the refused rows to this CSV file.")
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
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        from caravan.kernel.clock import now
        from caravan.stores.queries import store_by_slug
        from caravan.trade.actions.shipment_file import ship_file_of

        console = Console(stderr=True)
        columns = (TextColumn("parcels"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with (
            Progress(*columns, console=console, disable=not console.is_terminal) as bar,
            file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines,
        ):
            task = bar.add_task("parcels", total=None)

            def show(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            done = ship_file_of(store_id=store_by_slug(store).id, lines=lines, at=now(), progress=show)
    told = (("rows", done.rows), ("parcels", done.parcels), ("unchanged", done.unchanged), ("refused", len(done.refused)))
    for name, rows in told:
        click.echo(f"{name:<10}{rows:>9,}")
    for row in done.refused[:20]:
        click.echo(f"line {row.line}  {row.number}  {row.code}: {row.reason}", err=True)
    if len(done.refused) > 20:
        click.echo(f"... and more: {len(done.refused)} rows in all; --report FILE writes them down.", err=True)
    if report:
        with report.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["line", "order_number", "code", "reason"])
            writer.writerows([r.line, r.number, r.code, r.reason] for r in done.refused)
    sys.exit(1 if done.refused else 0)
