"""django-oscar's pages beside ours: filled with our products, served by two processes, asked for HTML."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench.oscar import HOME, PYTHON, ROOT
from bench.processes import answering

# The address of a product, or what begins with it; those of categories have a word more.
PRODUCT = re.compile(rb'href="/catalogue/([^/"]+_\d+)/')


@dataclass(frozen=True, slots=True)
class Addresses:
    """Of categories by their paths, of products by our ids."""

    categories: Mapping[str, str]
    products: Mapping[str, str]


def fill(database_url: str, goods: Path, addresses: Path) -> None:
    """The products in `goods` into an empty database, and where they are into `addresses`. Raises CalledProcessError."""
    command = (str(PYTHON), "-W", "ignore", "-m", "bench.oscar.fill", str(goods), str(addresses))
    subprocess.run(command, env={**os.environ, **environment(database_url)}, check=True)


def read(addresses: Path) -> Addresses:
    return msgspec.json.decode(addresses.read_bytes(), type=Addresses)


@contextmanager
def oscar(database_url: str, port: int, processes: int) -> Iterator[int]:
    """The process number of its server while it runs: the one that `caravan serve` runs, in the same way."""
    command = (
        str(HOME / "bin" / "granian"), "--interface", "wsgi", "--port", str(port), "--workers", str(processes),
        "--blocking-threads", "1", "--no-log", "--factory", "django.core.wsgi:get_wsgi_application",
    )  # fmt: skip
    with answering(*command, port=port, environment=environment(database_url)) as pid:
        yield pid


def environment(database_url: str) -> Mapping[str, str]:
    return {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "bench.oscar.shop", "PYTHONPATH": str(ROOT)}


def items(body: bytes) -> list[bytes]:
    """The products that links of a page lead to, once each; on a product's own page, to write of it."""
    return list(dict.fromkeys(PRODUCT.findall(body)))
