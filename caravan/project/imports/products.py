from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caravan.project.cli import market_database
from caravan.project.csv_files import file_argument, reading_bar, report_option, say_counts, say_refused, store_option

if TYPE_CHECKING:
    from caravan.catalog.queries.jobs import JobRow


@click.command()
@file_argument
@store_option
@report_option
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
        from caravan.catalog.queries.jobs import all_refusals
        from caravan.kernel.clock import now
        from caravan.stores.queries import store_by_slug

        at = now()
        with file.open("rb") as content:
            job_id = open_import(store_id=store_by_slug(store).id, user_id=None, filename=file.name, file=content, at=at)
        with reading_bar("rows") as show:
            job = run_import(job_id=job_id, at=at, progress=lambda job: show(job.read, job.total))
        _summary(job)
        refused = all_refusals(job_id=job_id)
        say_refused(((r.line, r.ref, r.code, r.reason) for r in refused), job.refused, report)
    sys.exit(1 if job.refused or job.state == "failed" else 0)


def _summary(job: JobRow) -> None:
    if job.state == "failed":
        click.echo(f"caravan: {job.error}", err=True)
    done = {"created": job.created, "updated": job.updated, "unchanged": job.unchanged, "refused": job.refused}
    say_counts({"read": job.read, **done})
    if job.ignored_columns:
        click.echo(f"Columns not used: {', '.join(job.ignored_columns)}.", err=True)
    if "sale_price" in job.ignored_columns:
        click.echo("Discounts are not imported: set them up as promotions, where price history can bear them out.", err=True)
