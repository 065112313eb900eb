from __future__ import annotations

import click

from caravan.project.discovery import Discovered


@click.command(cls=Discovered, package="caravan.project.imports")
def command() -> None:
    """Bring in products, categories, and real trade data."""
