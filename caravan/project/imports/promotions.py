from __future__ import annotations

import sys
from pathlib import Path

import click

from caravan.project.cli import market_database
from caravan.project.csv_files import file_argument, reading_bar, report_option, say_counts, say_refused, store_option


@click.command()
@file_argument
@store_option
@report_option
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
        from caravan.kernel.clock import now
        from caravan.promotions.actions.importing import import_promotions
        from caravan.promotions.queries.owners import owner_of
        from caravan.stores.queries import store_by_slug

        with reading_bar("promotions") as show, file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            done = import_promotions(owner=owner_of(store_by_slug(store)), lines=lines, at=now(), progress=show)
    refused = done.refused
    say_counts({"created": done.created, "updated": done.updated, "unchanged": done.unchanged, "refused": len(refused)})
    say_refused(((r.line, r.ref, r.code, r.reason) for r in refused), len(refused), report)
    sys.exit(1 if refused else 0)
