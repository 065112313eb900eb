from __future__ import annotations

import click

from caravan.project.cli import market_database
from caravan.project.ports import refuse_taken_port
from caravan.project.starting import imports_stay


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="web processes; about one a core")
def command(host: str, port: int, workers: int) -> None:
    """Serve the pages and the API.

    \b
    Examples:
      caravan serve
      DATABASE_URL=postgres://market@db/market CARAVAN_MODE=production caravan serve --host 0.0.0.0 --workers 8
    """
    refuse_taken_port(host, port)
    from granian import Granian
    from granian.constants import Interfaces

    with market_database():
        # Imported before the web processes are forked, which then share it and are ready at once.
        with imports_stay():
            from caravan.project import urls, wsgi  # noqa: F401

        # One blocking thread each: a persistent connection belongs to a thread, and more threads only queue for the GIL.
        Granian(
            "caravan.project.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=1,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_access=False,
            log_enabled=True,
        ).serve()
