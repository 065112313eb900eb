from __future__ import annotations

import signal
import threading

import click

from caravan.project.cli import market_database


@click.command()
def command() -> None:
    """Keep the search index up with the market: the one process that writes it. A second one waits to take over.

    \b
    Example:
      caravan indexer
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with market_database():
        from caravan.search.actions import keep_up, take_over

        with take_over(stop=stop) as indexer:
            if indexer:
                keep_up(indexer=indexer, stop=stop)
