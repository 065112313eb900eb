from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from typing import Any

import click


class Discovered(click.Group):
    """A group whose commands are the modules of a package, each with a `command` object; help imports no Django."""

    def __init__(self, *args: Any, package: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (entry.name for entry in files(self.package).iterdir())
        return sorted(n.removesuffix(".py").replace("_", "-") for n in names if n.endswith(".py") and not n.startswith("_"))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{self.package}.{name.replace('-', '_')}").command
        return command
