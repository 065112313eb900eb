"""Connections to the open internet, at addresses that people gave: never to machines of our own network."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STEP_SECONDS = 10.0  # for one step of a connection
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Allowed = Callable[[Address], bool]


class PrivateAddress(ValueError):
    """The host is, or is among others, a machine that is not of the open internet."""


class UnknownHost(OSError):
    """No name server knows it, for the moment."""


def is_public(address: Address) -> bool:
    """Whether an address is of the open internet: what people type must not make the market ask machines of its own network."""
    meant = _carried(address) or address
    return meant.is_global and not meant.is_multicast


def _carried(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address an IPv6 one stands for: mapped, 6to4 (RFC 3056) or NAT64 (RFC 6052)."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    nat64 = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return address.ipv4_mapped or address.sixtofour or nat64


@contextmanager
def connected(
    host: str, port: int, *, secure: bool, deadline: float, allowed: Allowed = is_public
) -> Iterator[http.client.HTTPConnection]:
    """A connection to `host`, cut when `deadline` (of time.monotonic) passes, whatever it waits for.

    Raises PrivateAddress, UnknownHost, and what a connection raises.
    """
    connection = _Pinned(host, port, _resolve(host, port, allowed), secure)
    # A server that sends a byte now and then keeps every single step short; this ends all of them together.
    cut = threading.Timer(max(0.0, deadline - time.monotonic()), connection.cut)
    cut.daemon = True
    cut.start()
    try:
        yield connection
    finally:
        cut.cancel()
        connection.close()


def _resolve(host: str, port: int, allowed: Allowed) -> str:
    """An address of the host. All of them must be allowed, or none is used."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as e:
        raise UnknownHost(host) from e
    if not all(allowed(ipaddress.ip_address(str(address).partition("%")[0])) for address in found):
        raise PrivateAddress(host)
    return str(min(found, key=lambda address: ":" in str(address)))  # IPv4 first: not every machine reaches IPv6


class _Pinned(http.client.HTTPConnection):
    """A connection to the very address that was checked: asking the name server again could give another answer."""

    def __init__(self, host: str, port: int, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=STEP_SECONDS)
        self._address, self._secure = address, secure
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            secured = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = secured
            secured.do_handshake()

    def cut(self) -> None:
        """End whatever this connection waits for."""
        sock = self.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
