"""A program for test_load: a load of the demo world, killed by SIGKILL as soon as so many pieces of a stage are done.

python -m tests.project.demo.crash_load STAGE PIECES    prints the numbers of the processes that helped it
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys

import django

SCALE = 0.02


def main(stage: str, pieces: int) -> None:
    django.setup()
    from caravan.project.demo.load import goods, load, open_world
    from tests.project.demo.figures import ENDS_AT

    goods.PIXELS = 64

    def kill(doing: str, done: int, total: int) -> None:
        if (doing, done) == (stage, pieces):
            print(*(child.pid for child in multiprocessing.active_children()), flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

    load(open_world(scale=SCALE, at=ENDS_AT), kill)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
