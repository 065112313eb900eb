"""A program for test_lake: an exporter killed with SIGKILL at its first, second, third ... touch of the file system.

python crash.py FOLDER      leaves FOLDER/1, FOLDER/2, ...: each a lake whose writer died there and whose successor went on
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from caravan.insight.lake import FEEDBACK, Lake
from tests.insight.lake.batches import batch

STEPS = (10, 20, 30)


def main(root: Path) -> None:
    survived = False
    moment = 0
    while not survived:
        moment += 1
        folder = root / str(moment)
        survived = in_a_child(lambda folder=folder, moment=moment: (die_at(folder, moment), export(Lake(folder))))
        if not in_a_child(lambda folder=folder: export(Lake(folder))):
            raise SystemExit(f"the successor of the exporter killed at {moment} failed")


def export(lake: Lake) -> None:
    """Whatever is still to export, in steps, each changing a row of the step before; then merge what there is."""
    for upto in STEPS:
        lake.append(FEEDBACK, batch(lake.watermark(FEEDBACK), upto), upto_seq=upto)
    lake.compact(FEEDBACK, from_files=2)


def die_at(folder: Path, moment: int) -> None:
    touches = 0

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal touches
        if event.startswith(("open", "os.")) and any(str(folder) in str(arg) for arg in args):
            touches += 1
            if touches == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def in_a_child(work: object) -> bool:
    child = os.fork()
    if not child:
        work()  # type: ignore[operator]
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
