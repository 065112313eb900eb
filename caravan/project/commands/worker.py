from __future__ import annotations

import click

from caravan.project.cli import market_database


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="jobs at a time")
def command(concurrency: int) -> None:
    """Run what is due: events to their subscribers, upkeep, imports, mail.

    \b
    Example:
      caravan worker --concurrency 4
    """
    from django.core.management import call_command

    with market_database():
        call_command("procrastinate", "worker", concurrency=concurrency, shutdown_graceful_timeout=10)
