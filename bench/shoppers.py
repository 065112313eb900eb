"""Buyers over HTTP: each opens a connection of its own and makes one whole purchase through the API, in four requests."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from bench.load import Answered, answer

PLACE = "market=BR&lang=pt&region=SP"
ADDRESS = {
    "name": "Ana Lima", "country_code": "BR", "street_address": "Rua das Flores 12", "city": "São Paulo", "city_area": "Centro",
    "country_area": "SP", "postal_code": "01310-100",
}  # fmt: skip
CARD = {"number": "4242424242424242", "expiry": "08/40", "code": "123", "attempt": "1"}


def shop(port: int, variants: Sequence[UUID], *, at_once: int, seconds: float) -> Answered:
    """Purchases for `seconds`, `at_once` side by side; a latency is that of all four requests. Raises RuntimeError if refused."""
    return asyncio.run(_shop(port, variants, at_once, seconds))


async def _shop(port: int, variants: Sequence[UUID], at_once: int, seconds: float) -> Answered:
    began, numbers, chance = time.perf_counter(), itertools.count(random.randrange(1 << 20)), random.Random(7)
    latencies: list[float] = []

    async def keep_buying() -> None:
        while time.perf_counter() - began < seconds:
            asked = time.perf_counter()
            await _buy(port, next(numbers), chance.choice(variants))
            latencies.append(1000 * (time.perf_counter() - asked))

    await asyncio.gather(*(keep_buying() for _ in range(at_once)))
    return Answered(time.perf_counter() - began, latencies, 0)


class HungUp(Exception):
    """No answer came, or one that the server is not up."""


class Refused(RuntimeError):
    """An answer that is none of those wanted: the problem's details, as far as there are any."""

    def __init__(self, text: str, told: bytes) -> None:
        super().__init__(text)
        try:
            self.problem = json.loads(told)
        except ValueError:
            self.problem = {}


async def post(port: int, buyer: int, path: str, body: Any, key: str = "") -> Any:
    """The JSON answer to one request on a connection of its own. Raises HungUp, or Refused."""
    try:
        reader, writer = await _connect(port, buyer)
        try:
            return await _post(reader, writer, path, body, key)
        finally:
            writer.close()
    except (OSError, asyncio.IncompleteReadError) as e:
        raise HungUp from e


async def _buy(port: int, number: int, variant: UUID) -> None:
    reader, writer = await _connect(port, number)
    try:
        cart = await _post(reader, writer, f"/api/v1/carts?{PLACE}", None)
        cart = await _post(reader, writer, f"/api/v1/carts/{cart['id']}/lines?{PLACE}", {"variant_id": str(variant)})
        total = f"{cart['total']['amount']} {cart['total']['currency']}"
        body = {"address": ADDRESS, "total": total, "email": f"shopper-{number}@example.test"}
        placed = await _post(reader, writer, f"/api/v1/carts/{cart['id']}/checkout?{PLACE}", body, f"{number}")
        order = placed["orders"][0]["id"]
        paid = await _post(reader, writer, f"/api/v1/orders/{order}/payment?{PLACE}&key={placed['key']}", CARD)
        if paid["state"] != "paid":
            raise RuntimeError(f"not paid: {paid}")
    finally:
        writer.close()


async def _connect(port: int, buyer: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    # Each buyer comes from an address of its own, as people do: limits are kept by network.
    home = f"127.{1 + buyer % 250}.{buyer // 250 % 250}.{1 + buyer // 62_500 % 250}"
    return await asyncio.open_connection("127.0.0.1", port, local_addr=(home, 0))


async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, body: Any, key: str = "") -> Any:
    content = b"" if body is None else json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n"
    writer.write((head + (f"Idempotency-Key: bench-{key}\r\n" if key else "") + "\r\n").encode() + content)
    answered, told = await answer(reader)
    if answered.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
        return json.loads(told)
    if answered.startswith(b"HTTP/1.1 503"):
        raise HungUp(answered.decode() + told.decode()[:500])
    raise Refused(f"{path} answered {answered.decode()}{told.decode()[:2000]}", told)
