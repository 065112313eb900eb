"""The rush for pieces (coupons go the same ways), run once, small: fair each way, and with the web server killed meanwhile."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.bench.environment import environment

ROOT = Path(__file__).parents[2]


def test_exactly_as_many_win_as_there_is_to_win_whichever_way_they_press():
    command = (sys.executable, "-m", "bench.grab", "--people", "640", "--prizes", "160", "--rounds", "1", "--only", "pieces")
    run = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, run.stdout + run.stderr[-2000:]
    won = re.findall(r"^(actions|pgbench|HTTP|HTTP, killed) +([\d,]+)", run.stdout, re.MULTILINE)
    assert won == [(way, "160") for way in ("actions", "pgbench", "HTTP", "HTTP, killed")], run.stdout


def test_ways_to_count_what_is_left_are_measured():
    command = (sys.executable, "-m", "bench.buckets", "--claims", "128", "--connections", "4", "--rounds", "1")
    run = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    assert len(re.findall(r" [\d,]+ claims/s", run.stdout)) == 8
