from __future__ import annotations

from pathlib import Path

import click

from caravan.project.cli import market_database


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="en", show_default=True, help="The language the names are in.")
def command(file: Path, language: str) -> None:
    """Add the categories of a text file of paths, e.g. Google's product taxonomy.

    A line is a path from the root: Home & Garden > Lighting > Lamps. Categories already there stay as they are.

    \b
    Example:
      caravan import taxonomy taxonomy.en-US.txt
    """
    with market_database():
        from caravan.catalog.actions.taxonomy import import_taxonomy

        with file.open(encoding="utf-8-sig") as lines:
            added, read = import_taxonomy(lines=lines, language=language)
    click.echo(f"{read} paths read, {added} categories added.")
