from __future__ import annotations

from datetime import datetime

import click

from caravan.project.cli import market_database


@click.group()
def command() -> None:
    """Exchange rates."""


@command.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Store what was published from this day on.")
def refresh(since: datetime | None) -> None:
    """Store the ECB's reference rates that are not stored yet, and the indicative ones of this market.

    \b
    Examples:
      caravan rates refresh
      caravan rates refresh --since 2009-01-01
    """
    with market_database():
        from caravan.trade.actions.rates import refresh_rates

        stored = refresh_rates(since=since.date() if since else None)
    click.echo(f"{stored} rates stored.")
