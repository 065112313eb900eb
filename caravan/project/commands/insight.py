from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import click

from caravan.project.cli import market_database


@click.group()
def command() -> None:
    """Market information: rankings and volumes."""


@command.command()
@click.option("--at", "day", metavar="DATE", help="as of the end of a past day, e.g. 2011-12-09; else as of now")
def refresh(day: str | None) -> None:
    """Export new facts, compute every ranking and volume, publish them.

    \b
    Examples:
      caravan insight refresh
      caravan insight refresh --at 2011-12-09
    """
    with market_database():
        from caravan.insight import actions
        from caravan.kernel.clock import now
        from caravan.reputation.actions import refresh_all

        at = now()
        as_of = _end_of(day) if day else at
        refresh_all(at=as_of)
        done = actions.refresh(as_of=as_of, at=at)
        click.echo(f"{done.lists:,} lists as of {as_of:%Y-%m-%d %H:%M} UTC, {done.written:,} of them changed.")


def _end_of(day: str) -> datetime:
    try:
        return datetime.combine(datetime.fromisoformat(day).date() + timedelta(days=1), time(), UTC)
    except ValueError as e:
        raise click.BadParameter(f"“{day}” is not a day; write it like 2011-12-09", param_hint="--at") from e
