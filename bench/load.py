"""A load generator: some keep-alive connections, each asking for the next address as soon as it has its answer."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

# A person's browser that has been here before: what it sees is noted, and no new cookie is handed out.
HEADERS = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0\r\n"
    "Accept: text/html,application/json\r\n"
    "Accept-Language: pt-BR\r\n"
    "Cookie: visitor=01890000-0000-7000-8000-000000000001; market=pt-br:BRL; theme=dark; "
    "csrftoken=0123456789abcdefghijklmnopqrstuv\r\n"
)
# How GraphQL says in an answer of status 200 that it failed.
FAILED = b'{"errors"'
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """A request with a body of JSON."""

    path: str
    body: bytes


Asked = str | Post  # a path, or more than a path


@dataclass(frozen=True, slots=True)
class Answered:
    """`seconds` is how long it all took, `latencies` each answer's own time in ms, `size` the mean body in bytes."""

    seconds: float
    latencies: Sequence[float]
    size: float

    @property
    def count(self) -> int:
        return len(self.latencies)


def load(port: int, asked: Sequence[Asked], *, connections: int, seconds: float, most: int = 200_000) -> Answered:
    """Ask 127.0.0.1 for each in turn for `seconds`, `most` times at most. Raises RuntimeError on any answer but 200, and on
    one that says it failed."""
    return asyncio.run(_load(port, asked, connections, seconds, most))


async def _load(port: int, asked: Sequence[Asked], connections: int, seconds: float, most: int) -> Answered:
    loop = asyncio.get_running_loop()
    requests = [_request(port, one) for one in asked]
    began = time.perf_counter()
    work = Work(cycle(requests), began + seconds, most)
    clients = [(await loop.create_connection(lambda: Client(work), "127.0.0.1", port))[1] for _ in range(connections)]
    await asyncio.gather(*(client.done for client in clients))
    return Answered(time.perf_counter() - began, work.latencies, work.bytes / max(1, len(work.latencies)))


def _request(port: int, asked: Asked) -> bytes:
    method, path, more, body = "GET", asked, "", b""
    if isinstance(asked, Post):
        method, path, body = "POST", asked.path, asked.body
        more = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{HEADERS}{more}\r\n".encode() + body


async def answer(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Head and body of the next answer. Raises IncompleteReadError where the server is gone."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    return head, await reader.readexactly(int(length[1])) if length else b""


class Work:
    """What all connections share."""

    def __init__(self, requests: Iterator[bytes], deadline: float, most: int) -> None:
        self.requests = requests
        self.deadline = deadline
        self.most = most
        self.latencies: list[float] = []
        self.bytes = 0

    def is_over(self) -> bool:
        return time.perf_counter() >= self.deadline or len(self.latencies) >= self.most


class Client(asyncio.Protocol):
    def __init__(self, work: Work) -> None:
        self._work = work
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(f"the server hung up: {exc}"))

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        if not self._awaited:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return
            length = LENGTH.search(self._head, 0, end)
            if length and len(self._head) < end + 4 + min(int(length[1]), len(FAILED)):
                return
            failed = self._head.startswith(FAILED, end + 4)
            if not self._head.startswith(b"HTTP/1.1 200") or length is None or failed:
                self.done.set_exception(RuntimeError(f"{self._request.decode()}answered {self._head[:2000].decode()}"))
                self._transport.close()
                return
            self._awaited = end + 4 + int(length[1])
        if self._received >= self._awaited:
            self._work.latencies.append(1000 * (time.perf_counter() - self._asked))
            self._work.bytes += self._received
            self._ask()

    def _ask(self) -> None:
        if self._work.is_over():
            self.done.set_result(None)
            self._transport.close()
            return
        self._head, self._received, self._awaited = b"", 0, 0
        self._request = next(self._work.requests)
        self._asked = time.perf_counter()
        self._transport.write(self._request)
