"""A pytest plugin: the suite runs on a real PostgreSQL, the server DATABASE_URL names, else the bundled one without fsync.

A plugin, not a conftest, because the address has to stand before pytest-django reads the settings. Workers of pytest-xdist
inherit it from the controller, which holds the server while tests run. The same goes for the settings tests count on.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

_while_tests_run = ExitStack()

# Figures in tests are checked by hand: without a margin, unless a test is about one.
os.environ.setdefault("CARAVAN_FX_MARGIN_BPS", "0")

if "DATABASE_URL" not in os.environ:
    from caravan.project.postgres import cluster

    _folder = Path(__file__).parents[1] / "var" / "postgres-test"
    _server = _while_tests_run.enter_context(cluster(_folder, durable=False))
    os.environ["DATABASE_URL"] = _server.url("postgres")
    os.environ["CARAVAN_TEST_SERVER_LOG"] = str(_folder / "server.log")


def server_log() -> str:
    """What the server has said since it was started; empty where it is not ours, and its log not at hand."""
    path = os.environ.get("CARAVAN_TEST_SERVER_LOG")
    return Path(path).read_text("utf-8", errors="replace") if path else ""


if "CARAVAN_TEST_TEMPLATE" not in os.environ:
    from tests.template import ensure_template

    os.environ["CARAVAN_TEST_TEMPLATE"] = ensure_template(os.environ["DATABASE_URL"])


def pytest_unconfigure() -> None:
    _while_tests_run.close()
