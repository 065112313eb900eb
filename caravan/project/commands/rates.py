from __future__ import annotations

from datetime import datetime

import click

from caravan.project.cli import market_database


@click.group()
def command() -> None:
    """Exchange rates."""


@command.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Store what was published from this day on.")
@click.option("--fetch/--no-fetch", default=True, help="Ask the network for newer days than came with the program.")
def refresh(since: datetime | None, fetch: bool) -> None:
    """Store the ECB's reference rates that are not stored yet, and the indicative ones of this market.

    Newer days are fetched from CARAVAN_RATES_URL; where that does not answer, those that came with the program have to do.

    \b
    Examples:
      caravan rates refresh
      caravan rates refresh --since 2009-01-01 --no-fetch
    """
    with market_database():
        from django.conf import settings

        from caravan.trade.actions.rates import refresh_rates

        stored = refresh_rates(since=since.date() if since else None, url=settings.RATES_URL if fetch else "")
    click.echo(f"{stored} rates stored.")
