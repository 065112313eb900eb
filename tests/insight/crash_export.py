"""A program for test_export: exporters of one database killed with SIGKILL at every ninth touch of the lake.

python -m tests.insight.crash_export FOLDER     DATABASE_URL names the database; leaves FOLDER/1, FOLDER/2, ...
"""

from __future__ import annotations

import sys
from pathlib import Path

import django

from tests.insight.lake.crash import die_at, in_a_child


def main(root: Path) -> None:
    django.setup()
    survived, moment = False, 0
    while not survived:
        moment += 9
        folder = root / str(moment)
        survived = in_a_child(lambda folder=folder, moment=moment: (die_at(folder, moment), export(folder)))
        if not in_a_child(lambda folder=folder: export(folder)):
            raise SystemExit(f"the successor of the exporter killed at {moment} failed")


def export(folder: Path) -> None:
    from caravan.insight import actions
    from caravan.insight.lake import Lake

    actions.export(lake=Lake(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
