from __future__ import annotations

import click

from caravan.project.cli import market_database


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run a Django management command, e.g. `caravan manage migrate`."""
    from django.core.management import execute_from_command_line

    with market_database():
        execute_from_command_line(["caravan manage", *arguments])
