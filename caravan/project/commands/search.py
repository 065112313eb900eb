from __future__ import annotations

import click

from caravan.project.cli import market_database


@click.group()
def command() -> None:
    """The search index."""


@command.command()
def rebuild() -> None:
    """Write the search index anew. Readers go on with the one in use until the new one is complete.

    While `caravan indexer` runs, it is asked to do it and starts within a second.

    \b
    Example:
      caravan search rebuild
    """
    with market_database():
        from caravan.kernel.clock import now
        from caravan.search import actions

        count = actions.rebuild(at=now())
    if count is None:
        click.echo("The running indexer has been asked to write the index anew.")
    else:
        click.echo(f"{count:,} products in the search index.")
