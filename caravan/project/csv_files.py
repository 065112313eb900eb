"""What the commands that read and write CSV files have in common: their options, a bar while they read, what was refused."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import click

SAID = 20  # refusals on the terminal; --report has them all

file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
store_option = click.option("--store", required=True, help="The store's address name (slug).")
output_option = click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to standard output."
)
report_option = click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write what was refused to this CSV file."
)


@contextmanager
def reading_bar(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar with the time left on a terminal, nothing in a pipe. Yields what is to be told how many are done, of how many."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def say_counts(counts: Mapping[str, int]) -> None:
    for name, number in counts.items():
        click.echo(f"{name:<10}{number:>9,}")


def say_refused(refused: Iterable[tuple[int, str, str, str]], total: int, report: Path | None, *, of: str = "id") -> None:
    """Of each refused line its number, what it is `of`, code and reason: the first of them on standard error, all in `report`."""
    with _writing(report, of) as write:
        for n, (line, whose, code, reason) in enumerate(refused if report else islice(refused, SAID)):
            write((line, whose, code, reason))
            if n < SAID:
                click.echo(f"line {line}  {whose}  {code}: {reason}", err=True)
    if total > SAID:
        click.echo(f"... and more: {total} lines in all; --report FILE writes them down.", err=True)


@contextmanager
def _writing(report: Path | None, of: str) -> Iterator[Callable[[Iterable[object]], object]]:
    if report is None:
        yield lambda row: None
        return
    with report.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("line", of, "code", "reason"))
        yield writer.writerow


def write_lines(lines: Iterable[str], output: Path | None) -> None:
    if output is None:
        for line in lines:
            click.echo(line, nl=False)
        return
    with output.open("w", encoding="utf-8", newline="") as out:
        out.writelines(lines)
