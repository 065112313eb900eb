"""The programs that measure are programs too: run once, as small as they go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench.environment import environment

ROOT = Path(__file__).parents[2]
PAGES = ("products API", "product API", "ranking API")


def test_pages_are_measured_beside_a_bare_server():
    """Every page is looked at; the answers of the API are measured."""
    command = (
        sys.executable,
        "-m",
        "bench.pages",
        "--products",
        "40",
        "--seconds",
        "0.3",
        "--rounds",
        "1",
        "--connections",
        "2",
        "--only",
        "API",
    )
    run = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, run.stderr[-2000:]
    for page in PAGES:
        assert f"\n{page}" in run.stdout
    assert " of 1.5" in run.stdout or " OVER 1.5" in run.stdout
