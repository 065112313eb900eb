from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from caravan.project.cli import market_database

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def command() -> None:
    """Tax and duty tables: see docs/landed-cost.md.

    \b
    Examples:
      caravan tax show PL
      caravan tax load new-duties.csv --from 2027-01-01
    """


@command.command()
@click.argument("country")
@click.option("--at", "day", type=DAY, help="The day to look at; today if not given.")
def show(country: str, day: datetime | None) -> None:
    """Print the rows that rule in COUNTRY (two letters; EU and EAEU too), with their sources.

    \b
    Examples:
      caravan tax show PL
      caravan tax show EU --at 2028-07-01
    """
    with market_database():
        from caravan.kernel.clock import now
        from caravan.tax.queries.tables import rows_of
        from caravan.tax.queries.words import row_words

        rows = rows_of(country.upper(), (day or now()).date())
        for row in rows:
            key, text = row_words(row)
            until = row.effective_until or ""
            click.echo(f"{key}\t{text}\t{row.effective_from}\t{until}\t{row.source.title} <{row.source.url}>")
    if not rows:
        click.echo(f"There are no rows for {country.upper()}: taxes there are said to be unknown.", err=True)


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "day", type=DAY, help="The first day of rows that name none of their own; today if not given.")
@click.option("--check", is_flag=True, help="Only say what would change.")
def load(file: Path, day: datetime | None, check: bool) -> None:
    """Load FILE as a new version of the table whose columns it has. It goes in whole or not at all.

    \b
    Examples:
      caravan tax load new-duties.csv --from 2027-01-01 --check
      caravan tax load new-duties.csv --from 2027-01-01
    """
    with market_database():
        from caravan.kernel.clock import now
        from caravan.tax.actions.load import load_table, look_at
        from caravan.tax.queries.words import refusal_words, row_words

        at = now()
        since = (day or at).date()
        try:
            text = file.read_text("utf-8-sig")
        except UnicodeDecodeError as e:
            raise click.ClickException(f"{file} is no text in UTF-8.") from e
        draft = look_at(text=text, effective_from=since, today=at.date())
        for refused in draft.refused:
            click.echo(f"line {refused.line}: {refused.column} “{refused.cell}”: {refusal_words(refused)}", err=True)
        for change in draft.changes:
            key, then = row_words(change.after)
            before = row_words(change.before)[1] if change.before else "-"
            click.echo(f"{change.kind}\t{key}\t{before} -> {then}\tfrom {change.after.effective_from}")
        if draft.refused:
            raise click.ClickException(f"{len(draft.refused)} lines are refused; nothing was loaded.")
        if not check:
            load_table(text=text, effective_from=since, at=at, filename=file.name)
            click.echo(f"{len(draft.rows)} rows of {draft.table} loaded.", err=True)
