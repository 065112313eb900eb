"""Stripe as far as tests can have it: a server of its own in a process of its own, and someone who hears its webhooks."""

from __future__ import annotations

import importlib.util
import queue
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

SECRET = "whsec_" + "s" * 32


@dataclass
class StandIn:
    """`notices`: what it told by webhook, as (headers, body)."""

    url: str
    notices: queue.Queue[tuple[dict[str, str], bytes]]

    def told(self, kind: str, about: object) -> tuple[dict[str, str], bytes]:
        """Its notice of that kind in which that id stands; what else it tells meanwhile (of earlier tests, too) is let go."""
        while True:
            headers, body = self.notices.get(timeout=20)
            if f'"{kind}"'.encode() in body and str(about).encode() in body:
                return headers, body

    def visit(self, url: str, **typed: str) -> httpx.Response:
        """A buyer on its page: looks at it, or sends the form."""
        return httpx.post(url, data=typed) if typed else httpx.get(url)

    def make(self, what: str) -> None:
        httpx.post(f"{self.url}/_config/{what}").raise_for_status()


@pytest.fixture(scope="session")
def stand_in():
    if not importlib.util.find_spec("localstripe"):
        pytest.skip("localstripe is not installed: pip install -r requirements/dev.txt")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    heard = queue.Queue()

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.put((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    ear = HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=ear.serve_forever, daemon=True).start()
    server = subprocess.Popen([sys.executable, "-m", "tests.trade.payments.stand_in", str(port)])
    try:
        made = StandIn(f"http://127.0.0.1:{port}", heard)
        hook = {"url": f"http://127.0.0.1:{ear.server_port}", "secret": SECRET}
        for _ in range(200):
            try:
                httpx.post(f"{made.url}/_config/webhooks/us", data=hook).raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield made
    finally:
        server.terminate()
        server.wait(10)
        ear.shutdown()


@pytest.fixture
def stripe_market(settings, stand_in):
    """A market that takes its payments with Stripe."""
    settings.PAYMENT_PROVIDER, settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET = "stripe", "sk_test_caravan", SECRET
    settings.STRIPE_API, settings.STRIPE_PAGES = stand_in.url, stand_in.url
    return stand_in
