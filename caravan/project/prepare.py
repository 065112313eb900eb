"""What has to be done once before a market can run, and costs next to nothing when it is done already."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare() -> None:
    """Tables and static files as this version of the code needs them."""
    with ThreadPoolExecutor(1) as beside:  # to pack files is work outside of Python's lock
        packed = beside.submit(_collect_static)
        _migrate()
        packed.result()


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        # Migrations make thousands of classes that refer to each other, and nothing that was there before goes away by it.
        gc.freeze()
        call_command("migrate", interactive=False, verbosity=0)
        gc.unfreeze()


def _collect_static() -> None:
    """Only when a file is newer than the last collection, or their number changed."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    sources = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    state = f"{len(sources)} {max(p.stat().st_mtime_ns for p in sources)}"
    if mark.exists() and mark.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(state)
