"""The `caravan` command. Each command keeps the bundled PostgreSQL up while it runs, unless DATABASE_URL names a server."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from caravan import __version__
from caravan.kernel.errors import Problem

COMMANDS = Path(__file__).parent / "commands"
NO_SUCH_TABLE = ("42P01", "42703")  # undefined_table, undefined_column: no market was made there, or by another version


class Commands(click.Group):
    """Finds each command in `project/commands/<name>.py` (its `command` object), so that help needs no Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(p.stem.replace("_", "-") for p in COMMANDS.glob("[!_]*.py"))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        from importlib import import_module

        if name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"caravan.project.commands.{name.replace('-', '_')}").command
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="caravan")
def cli() -> None:
    """Run and feed a Caravan market.

    \b
    Examples:
      caravan demo                        a populated market on http://127.0.0.1:8000
      caravan import products goods.csv --store my-store
      caravan insight refresh --at 2011-12-09
    """


def main() -> None:
    _use_settings()
    try:
        cli(prog_name="caravan")
    except Problem as problem:
        click.echo(f"caravan: {problem.detail}", err=True)
        for field, wrong in problem.fields.items():
            click.echo(f"  {field}: {wrong}", err=True)
        sys.exit(1)
    except Exception as error:
        if getattr(error.__cause__, "sqlstate", None) not in NO_SUCH_TABLE:
            raise
        click.echo(f"caravan: the database lacks what this version wants ({str(error).splitlines()[0]}).", err=True)
        click.echo("Make its tables: caravan manage migrate", err=True)
        sys.exit(1)


def _use_settings() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caravan.project.settings")


def var_folder() -> Path:
    """Where everything this installation keeps lies, as in the settings."""
    return Path(os.environ.get("CARAVAN_VAR", Path(__file__).resolve().parents[2] / "var"))


@contextmanager
def market_database(*, durable: bool = True) -> Iterator[str]:
    """DATABASE_URL if set, else the bundled server under `var/`, up for the length of the block. Sets up Django inside."""
    import django

    from caravan.project.starting import imports_stay

    _use_settings()  # programs of `bench` come here without the command line
    if url := os.environ.get("DATABASE_URL"):
        with imports_stay():
            django.setup()
        yield url
        return
    from caravan.project.postgres import cluster, ensure_database

    with cluster(var_folder() / "postgres", durable=durable) as server:
        ensure_database(server, "caravan")
        os.environ["DATABASE_URL"] = server.url("caravan")
        with imports_stay():
            django.setup()
        yield os.environ["DATABASE_URL"]
