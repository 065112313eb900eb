from __future__ import annotations

import click

from caravan.project.discovery import Discovered


@click.command(cls=Discovered, package="caravan.project.exports")
def command() -> None:
    """Take goods out, in the columns that an import reads."""
