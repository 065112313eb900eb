"""The shape of the code is itself tested, so that the house stays as `docs/architecture.md` draws it."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = (
    "people", "stores", "catalog", "promotions", "ledger", "shipping", "tax", "trade", "reputation", "signals", "insight",
    "search", "hooks",
)  # fmt: skip
VOCABULARY = {
    "admin", "apps", "subscribers", "actions", "queries", "models", "rules", "events", "tasks", "migrations", "__init__",
}  # fmt: skip
# Parts of a room that are neither of the seven words nor Django's: each with the reason it stands apart.
APART = {
    "trade": {"payments", "papers", "data"},  # edges of their own: who takes money, what is printed; dated rate tables
    "search": {"engine", "data"},  # the index knows nothing of Django; synonyms
    "insight": {"lake", "expressions"},  # columnar files and what is computed on them, free of Django
    "catalog": {"data"},
    "shipping": {"data"},
    "tax": {"data"},
}


def sources(folder: str = "caravan") -> list[Path]:
    return [p for p in (ROOT / folder).rglob("*.py") if "migrations" not in p.parts]


def test_a_room_speaks_the_seven_words_only():
    for room in ROOMS:
        found = {p.stem for p in (ROOT / "caravan" / room).iterdir() if not p.name.startswith(("__pycache__", "."))}
        assert found <= VOCABULARY | APART.get(room, set()), f"{room}: {found - VOCABULARY - APART.get(room, set())}"


def test_files_are_short():
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in sources()}
    assert statistics.median(n for n in lengths.values() if n > 1) < 100
    for path, n in lengths.items():
        if n > 400:
            head = path.read_text("utf-8")[:1500].lower()
            assert "long because" in head, f"{path} has {n} lines; split it, or say in its docstring why it is 'long because ...'"


def test_no_room_page_or_api_imports_another_rooms_models():
    for path in sources():
        parts = path.relative_to(ROOT).parts
        for name in imported(path):
            other = re.match(r"caravan\.(\w+)\.models", name)
            if other and other[1] != parts[1]:
                pytest.fail(f"{path.relative_to(ROOT)} imports {name}: ask {other[1]}'s queries or actions")


def test_rules_events_and_kernel_never_import_django():
    pure = [p for p in sources() if "kernel" in p.parts or "rules" in p.parts or p.stem in ("rules", "events")]
    assert pure
    for path in pure:
        assert not [n for n in imported(path) if n.split(".")[0] == "django"], path


def test_actions_are_keyword_only():
    for path in sources():
        if not ("actions" in path.parts or path.stem == "actions") or path.parent.name == "kernel":
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                positional = [a.arg for a in node.args.args]
                called = f"{path.relative_to(ROOT)}: {node.name}({', '.join(positional)})"
                assert len(positional) <= 1, f"{called} — make them keyword-only"


def test_time_enters_at_the_edges():
    for path in sources():
        text = path.read_text("utf-8")
        if "rules" in path.parts or path.stem in ("rules", "queries"):
            assert not re.search(r"datetime\.now\(|timezone\.now\(|time\.time\(|clock\.now\(|\bnow\(\)", text), path


def test_templates_hold_no_inline_script_or_style():
    for path in (ROOT / "caravan" / "web" / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*(src=|application/ld\+json|application/json))", text), path
        assert not re.search(r"\s(style|on[a-z]+)=\"", text), path


def test_nothing_secret_or_of_this_machine_is_tracked():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    banned = re.compile(r"/home/\w+|/root/|BEGIN (RSA|EC|OPENSSH) PRIVATE|index-url|find-links")
    for name in tracked.stdout.split():
        if name.endswith((".py", ".md", ".txt", ".toml", ".html", ".in", ".sh")) and name != "tests/test_tidy.py":
            path = ROOT / name
            found = banned.search(path.read_text("utf-8")) if path.exists() else None
            assert not found or name == "bin/lock", f"{name}: {found}"


def imported(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
            names += [f"{node.module}.{a.name}" for a in node.names]
    return names
