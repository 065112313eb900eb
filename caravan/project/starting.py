from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def imports_stay() -> Iterator[None]:
    """What is imported in the block is there for good: garbage is not looked for among it, neither now (a fifth of a start) nor
    ever after, and processes forked later go on sharing it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
