"""The bench of a whole purchase, run once, as small as it goes: all three ways buy, and write the same rows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.bench.environment import environment

ROOT = Path(__file__).parents[2]


def test_a_purchase_is_measured_through_actions_by_hand_and_over_http_and_each_writes_the_same_rows():
    command = (sys.executable, "-m", "bench.checkout", "--products", "41", "--orders", "20", "--seconds", "1", "--rounds", "1")
    run = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, run.stderr[-2000:]
    assert re.search(r"actions, 2 processes +[1-9]", run.stdout), run.stdout
    assert re.search(r"pgbench, 2 clients +[1-9]", run.stdout), run.stdout
    assert re.search(r"HTTP, 16 buyers +[1-9]", run.stdout), run.stdout
    written = re.findall(r"(\w+) ([\d.]+)/([\d.]+)", run.stdout.partition("actions/pgbench:")[2])
    assert {table for table, *_ in written} >= {"trade_order", "trade_orderline", "ledger_entry", "procrastinate_jobs"}
    different = [row for row in written if abs(float(row[1]) - float(row[2])) > 0.1]
    assert not different, different
