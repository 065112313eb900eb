"""A market of the journeys' own: `caravan demo` on a database and in folders that go when the tests are over."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg

SCALE = "0.02"
PATIENCE = 240  # seconds until the market has to be open, on a machine that is busy with the other tests


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demo who can sign in; `store` is the slug of the store they act for, or empty."""

    email: str
    password: str
    store: str


@dataclass(frozen=True, slots=True)
class Market:
    """`site` is where it stands, without a slash at the end."""

    site: str
    var: Path
    env: Mapping[str, str]

    def person(self, role: str) -> Person:
        """Who signs in as "operator", "owner (good)", "buyer (Brazil)" ..."""
        told = json.loads((self.var / "demo-sign-ins.json").read_text("utf-8"))
        return next(Person(one["email"], one["password"], one["store"]) for one in told if one["role"] == role)

    def caravan(self, *arguments: str) -> str:
        """What the command printed."""
        return self.run("-m", "caravan", *arguments)

    def run(self, *arguments: str) -> str:
        """What Python printed, run with the market's own settings."""
        done = subprocess.run([sys.executable, *arguments], env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, method: str, path: str, body: object = None, *, idempotency_key: str = "", **query: object) -> Any:
        """The API's answer, read. Extra names are the address's query."""
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{self.site}/api/v1/{path}?{urlencode(query)}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json", "idempotency-key": idempotency_key},
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return json.load(answer)

    def goods(self, country: str, **query: object) -> list[Any]:
        """Products a buyer there can have: `products` of the API with all their variants left, most relevant first."""
        cards = self.ask("GET", "products", market=country, lang="en", delivers="true", **query)["items"]
        whole = (self.ask("GET", f"products/{card['id']}", market=country, lang="en") for card in cards)
        return [product for product in whole if all(v["stock"] != "none" for v in product["variants"])]


@contextmanager
def opened(folder: Path, name: str) -> Iterator[Market]:
    """A market on a database called `name` and files in `folder`, open when the block begins, gone when it ends."""
    server = os.environ["DATABASE_URL"]
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    port = _free_port()
    site = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "CARAVAN_VAR": str(folder),
        "CARAVAN_MODE": "demo",
        "CARAVAN_SITE_URL": site,
        "DJANGO_SETTINGS_MODULE": "caravan.project.settings",
    }
    with _database(server, name), _running(("demo", "--scale", SCALE, "--port", str(port), "--no-shoppers"), env, folder):
        yield Market(site, folder, env)


@contextmanager
def _database(server: str, name: str) -> Iterator[None]:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{os.environ["CARAVAN_TEST_TEMPLATE"]}"')
        try:
            yield
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _running(command: tuple[str, ...], env: Mapping[str, str], folder: Path) -> Iterator[None]:
    said = folder / "demo.err"
    with said.open("w") as errors:
        demo = subprocess.Popen(
            [sys.executable, "-m", "caravan", *command], env=env, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    out_of_patience = threading.Timer(PATIENCE, demo.kill)
    out_of_patience.start()
    try:
        assert demo.stdout
        assert any(line.startswith("Ready:") for line in demo.stdout), said.read_text()
        out_of_patience.cancel()
        yield
    finally:
        out_of_patience.cancel()
        demo.terminate()
        demo.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
