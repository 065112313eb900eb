"""The documents say what the code does: names, tables, links, commands and quoted lines are held to it."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest
from procrastinate.contrib.django import procrastinate_app

import caravan.api.v1  # noqa: F401 - registers the endpoints
from caravan.api.endpoint import ENDPOINTS
from caravan.kernel.events import Event
from caravan.outbox.registry import name_of
from caravan.people.rules.notices import KINDS
from caravan.project.cli import cli
from caravan.project.wiring import SUBSCRIPTIONS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)


def text(path: Path) -> str:
    return path.read_text("utf-8")


def sources(*folders: str) -> list[Path]:
    found = (p for folder in folders for p in (ROOT / folder).rglob("*") if p.suffix == ".py" or p.parent.name == "bin")
    return sorted(p for p in found if p.is_file() and "migrations" not in p.parts)


def first_cells(page: str) -> set[str]:
    """What stands in backticks in the first column of a page's tables."""
    return set(re.findall(r"^\| `([^`]+)` \|", text(DOCS / page), re.MULTILINE))


# --- settings


def variables() -> set[str]:
    read = re.compile(r"environ(?:\.get|\.setdefault)?[(\[]\s*\"([A-Z_]+)\"")
    python = {name for path in sources("caravan") for name in read.findall(text(path))}
    return python | set(re.findall(r"\$\{(PYTHON)\b", text(ROOT / "bin" / "setup")))


def test_every_environment_variable_is_explained_and_every_explained_one_is_read():
    explained = first_cells("settings.md")
    assert len(explained) > 15
    assert variables() == explained


# --- commands


@cache
def commands() -> dict[str, click.Command]:
    """Every command by its whole name, groups left out."""
    return dict(_walk(cli, "caravan"))


def _walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    with click.Context(command) as context:
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            assert found, f"{name} {sub}"
            yield from _walk(found, f"{name} {sub}")


def test_every_command_is_on_the_page_of_commands_with_an_example():
    rows = dict(re.findall(r"^\| `(caravan [^`]+)` \| [^|]+ \| `bin/([^`]+)` \|$", text(DOCS / "commands.md"), re.MULTILINE))
    assert set(rows) == set(commands())
    for name, example in rows.items():
        assert f"{example} ".startswith(f"{name} "), f"the example of {name} is one of {example}"


def quoted_commands() -> Iterator[tuple[str, list[str]]]:
    """Each `caravan ...` of a console block, of a table or of a sentence, with the page it stands on."""
    for page in PAGES:
        for line in re.findall(r"(?:^\$ |^ +|=\$\(|`)(?:bin/)?(caravan [a-z-]+(?: [^`\n]*)?)", text(page), re.MULTILINE):
            yield page.name, shlex.split(line.split(" | ")[0].split(" > ")[0].rstrip(")"), comments=True)


def test_commands_in_the_documents_exist_and_take_the_options_shown():
    seen = 0
    for page, words in quoted_commands():
        command = next((c for name, c in commands().items() if words[: len(name.split())] == name.split()), None)
        assert command, f"{page}: there is no command {' '.join(words)}"
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        unknown = {word for word in words if word.startswith("-")} - known - {"--help"}
        assert not unknown or command is commands()["caravan manage"], f"{page}: {words} has no {unknown}"
        seen += 1
    assert seen > 20


# --- the API


def test_every_address_of_the_api_is_on_its_page_and_every_one_there_is_answered():
    shown = " ".join(re.findall(r"^```console\n(.*?)^```", text(DOCS / "api.md"), re.MULTILINE | re.DOTALL))
    named = re.findall(r"\b(GET|POST|PATCH|DELETE) +([a-z][\w/{}-]*)", shown)
    served = {(one.method, re.sub(r"{\w+}", "{}", one.path)) for one in ENDPOINTS}
    assert {(method, re.sub(r"{\w+}", "{}", path)) for method, path in named} == served


# --- notices


def test_every_kind_of_notice_is_on_its_page_and_whether_it_goes_out_by_mail():
    rows = re.findall(r"^\| `([a-z_]+)` \|.*\| (yes|no) \|$", text(DOCS / "notices.md"), re.MULTILINE)
    assert {code: mail == "yes" for code, mail in rows} == {code: kind.by_mail for code, kind in KINDS.items()}


# --- events


def told() -> dict[str, tuple[set[str], set[str], set[str]]]:
    """The table of events: name to fields, recorders and hearers."""
    rows = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|([^|]+)\|([^|]+)\|([^|]+)\|$", text(DOCS / "events.md"), re.MULTILINE)
    return {row[0]: tuple(set(re.findall(r"`([^`]+)`", cell)) for cell in row[1:]) for row in rows}  # type: ignore[misc]


def happening() -> dict[str, type[Event]]:
    """The market's own events; those only others are made of are left out."""
    ours = {name: kind for name, kind in Event.registry.items() if kind.__module__.startswith("caravan.")}
    return {name: kind for name, kind in ours.items() if not kind.__subclasses__()}


def test_every_event_is_in_the_table_with_its_fields():
    assert set(told()) == set(happening())
    for name, (named, _, _) in told().items():
        assert named == {f.name for f in fields(happening()[name])} - {"at", "event_id"}, name


def test_the_table_of_events_says_who_records_and_who_hears_them():
    for name, (_, recorders, hearers) in told().items():
        kind = happening()[name]
        assert recorders == set(recorders_of(kind)), name
        assert hearers == {name_of(subscriber) for subscriber in SUBSCRIPTIONS.get(kind, ())}, name


def test_what_the_clock_does_is_in_the_table_of_tasks_with_its_hours():
    told = re.findall(r"^\| `([a-z_.]+)` \| `([\d*/ ]+)` \|", text(DOCS / "events.md"), re.MULTILINE)
    periodic = procrastinate_app.current_app.periodic_registry.periodic_tasks.values()
    assert sorted(told) == sorted((one.task.name, one.cron) for one in periodic)


def recorders_of(kind: type[Event]) -> Iterator[str]:
    """The action modules that import the event."""
    for path in sources("caravan"):
        if "actions" in path.parts and re.search(
            rf"^from {kind.__module__} import .*\b{kind.__name__}\b", text(path), re.MULTILINE
        ):
            yield ".".join(path.relative_to(ROOT / "caravan").with_suffix("").parts)


# --- links, files, programs


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_is_dead(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name} links to {target}"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{page.name}: {file.name} has no heading #{anchor}"


def anchors(page: Path) -> set[str]:
    """The anchors a forge gives to headings: lower case, signs dropped, spaces as hyphens."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_and_programs_a_page_names_exist(page):
    everything = [
        f"/{p.relative_to(ROOT)}" for folder in ("caravan", "tests", "bench", "docs", "bin") for p in (ROOT / folder).rglob("*")
    ]
    for name in re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|md|html|css|js))`", text(page)):
        assert (ROOT / name).exists() or any(known.endswith(f"/{name}") for known in everything), f"{page.name} names {name}"
    for name in re.findall(r"(?<![\w./])bin/(\w+)", text(page)):
        assert (ROOT / "bin" / name).exists(), f"{page.name} names bin/{name}"
    for name, options in re.findall(r"-m bench\.(\w+)([^\n`]*)", text(page)):
        program = ROOT / "bench" / f"{name}.py"
        assert program.exists(), f"{page.name} quotes bench.{name}"
        for option in re.findall(r"--[a-z-]+", options.partition("#")[0]):
            assert f'"{option}"' in text(program), f"{page.name}: bench.{name} takes no {option}"


def test_every_decision_is_in_the_list_of_decisions():
    assert set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", text(DOCS / "adr" / "README.md"))) == {
        p.name for p in DOCS.glob("adr/0*.md")
    }


def test_every_document_can_be_reached_from_the_readme():
    linked = set(re.findall(r"\]\(docs/([\w-]+\.md)\)", text(ROOT / "README.md")))
    assert {p.name for p in DOCS.glob("*.md")} <= linked


# --- quoted code


QUOTE = re.compile(r"\]\(\.\./(?P<path>[^)]+)\)[^\n]*:\n\n```(?:python|html)\n(?P<code>.*?)```", re.DOTALL)


def test_the_tutorial_quotes_the_code_as_it_is():
    quotes = list(QUOTE.finditer(text(DOCS / "tutorial.md")))
    assert len(quotes) > 12
    for quote in quotes:
        rest = text(ROOT / quote["path"])
        for line in filter(None, (line.strip("… ") for line in quote["code"].splitlines())):
            _, found, rest = rest.partition(line)
            assert found, f"docs/tutorial.md: {quote['path']} no longer says\n{line}"


# --- docstrings


def test_rules_and_actions_say_what_they_do():
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in sources("caravan")
        if {"rules", "actions"} & {*path.parts, path.stem}
        for node in ast.parse(text(path)).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not silent, "these need a docstring: units, errors, and what is meant\n" + "\n".join(silent)
