"""People who press over HTTP: some connections, each asking for the next person as soon as it has its answer.

Whoever gets no answer, because the server was killed, asks again, the same, until there is one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.load import answer

PATIENCE = 60.0  # seconds that somebody goes on asking


@dataclass(slots=True)
class Pressed:
    """What came of it: answers by status, each one's own time in ms, and `won`, the answers of those who won, by person."""

    statuses: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    won: dict[int, bytes] = field(default_factory=dict)
    repeated: int = 0
    seconds: float = 0.0


def press(
    port: int, people: int, request: Callable[[int], bytes], *, connections: int, halfway: Callable[[], None] | None = None
) -> Pressed:
    """Send `request(n)` for each of `people`, over keep-alive connections. `halfway` is called once, when half of those who can
    win may have: to kill something. Raises RuntimeError for whoever had no answer in a minute."""
    return asyncio.run(_press(port, people, request, connections, halfway))


async def _press(
    port: int, people: int, request: Callable[[int], bytes], connections: int, halfway: Callable[[], None] | None
) -> Pressed:
    pressed, left, began = Pressed(), iter(range(people)), time.perf_counter()
    crowd = [asyncio.create_task(_connection(port, left, request, pressed)) for _ in range(connections)]
    if halfway:
        while len(pressed.latencies) < people // 8:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(halfway)
    await asyncio.gather(*crowd)
    pressed.seconds = time.perf_counter() - began
    return pressed


async def _connection(port: int, left: Iterator[int], request: Callable[[int], bytes], pressed: Pressed) -> None:
    stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for n in left:
        asked = time.perf_counter()
        while True:
            try:
                stream = stream or await asyncio.open_connection("127.0.0.1", port)
                status, body = await _ask(*stream, request(n))
                if status != 503:
                    break
            except (OSError, asyncio.IncompleteReadError):
                pass
            if stream:
                stream[1].close()
            stream = None
            pressed.repeated += 1
            if time.perf_counter() - asked > PATIENCE:
                raise RuntimeError(f"person {n} got no answer")
            await asyncio.sleep(0.05)
        pressed.latencies.append(1000 * (time.perf_counter() - asked))
        pressed.statuses[status] = pressed.statuses.get(status, 0) + 1
        if status == 201:
            pressed.won[n] = body
    if stream:
        stream[1].close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, bytes]:
    writer.write(request)
    head, body = await answer(reader)
    return int(head[9:12]), body
