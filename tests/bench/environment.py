from __future__ import annotations

import os


def environment() -> dict[str, str]:
    """What a program that measures runs with: its markets are copies of the suite's template, where there is one."""
    return {**os.environ, "BENCH_TEMPLATE": os.environ["CARAVAN_TEST_TEMPLATE"]}
