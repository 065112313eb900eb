from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caravan.project.cli import market_database

if TYPE_CHECKING:
    from caravan.catalog.queries.jobs import JobRow


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--store", required=True, help="The store's address name (slug).")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the refused rows to this CSV file.")
def command(file: Path, store: str, report: Path | None) -> None:
    """List the goods of a CSV or TSV file with Google Merchant columns.

    Rows that cannot be listed are refused one by one, with the reason; the rest is kept. Running it again changes nothing.
    Exit code 1 when rows were refused.

    \b
    Examples:
      caravan import products goods.csv --store my-store
      caravan import products goods.tsv --store my-store --report refused.csv
    """
    with market_database():
        from caravan.catalog.actions.bulk import open_import, run_import
        from caravan.catalog.queries.jobs import all_refusals, refusals
        from caravan.kernel.clock import now
        from caravan.stores.queries import store_by_slug

        at = now()
        with file.open("rb") as content:
            job_id = open_import(store_id=store_by_slug(store).id, user_id=None, filename=file.name, file=content, at=at)
        with _Bar() as bar:
            job = run_import(job_id=job_id, at=at, progress=bar.show)
        _summary(job)
        for row in refusals(job_id=job_id)[:20]:
            click.echo(f"line {row.line}  {row.ref}  {row.code}: {row.reason}", err=True)
        if job.refused > 20:
            click.echo(f"... and more: {job.refused} rows in all; --report FILE writes them down.", err=True)
        if report:
            with report.open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out)
                writer.writerow(["line", "id", "code", "reason"])
                writer.writerows([r.line, r.ref, r.code, r.reason] for r in all_refusals(job_id=job_id))
    sys.exit(1 if job.refused or job.state == "failed" else 0)


class _Bar:
    """A progress bar with the time left on a terminal, nothing in a pipe."""

    def __enter__(self) -> _Bar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        columns = (TextColumn("rows"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._task = self._progress.add_task("rows", total=None)
        self._progress.start()
        return self

    def show(self, job: JobRow) -> None:
        self._progress.update(self._task, total=job.total, completed=job.read)

    def __exit__(self, *error: object) -> None:
        self._progress.stop()


def _summary(job: JobRow) -> None:
    if job.state == "failed":
        click.echo(f"caravan: {job.error}", err=True)
    for name, rows in (
        ("read", job.read),
        ("created", job.created),
        ("updated", job.updated),
        ("unchanged", job.unchanged),
        ("refused", job.refused),
    ):
        click.echo(f"{name:<10}{rows:>9,}")
    if job.ignored_columns:
        click.echo(f"Columns not used: {', '.join(job.ignored_columns)}.", err=True)
    if "sale_price" in job.ignored_columns:
        click.echo("Discounts are not imported: set them up as promotions, where price history can bear them out.", err=True)
