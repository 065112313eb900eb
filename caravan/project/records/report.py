"""An import on the terminal: a bar while it runs, the reconciliation when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from caravan.project.records.loading import Progress as Hears
from caravan.project.records.loading import Standing
from caravan.project.records.tally import Tally


@contextmanager
def progress_bar() -> Iterator[Hears]:
    """A bar with the time left, on standard error; nothing where that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:16}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def hear(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield hear


def print_reconciliation(tallies: list[Tally], standing: Standing) -> None:
    console = Console()
    for tally in tallies:
        table = Table(title=tally.name, title_justify="left", box=SIMPLE_HEAD)
        table.add_column("")
        table.add_column("rows", justify="right")
        table.add_column(tally.currency, justify="right")
        for what, rows, money in tally.lines():
            table.add_row(what, f"{rows:,}", f"{money:,.2f}" if tally.currency else "")
        console.print(table)
        console.print("accepted + refused = read" if tally.balanced else "[red]DOES NOT ADD UP[/red]")
    console.print(
        f"In the market now: {standing.orders:,} orders of {standing.lines:,} lines, {standing.first_day} to {standing.last_day};"
        f" goods {standing.items_minor / 100:,.2f}, shipping {standing.shipping_minor / 100:,.2f}, "
        f"given back {standing.refunded_minor / 100:,.2f}."
    )
