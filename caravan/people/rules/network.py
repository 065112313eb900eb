"""Where a request comes from, as limits count it."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

NOWHERE = "0.0.0.0"  # noqa: S104 - an address to count by, not to bind


@lru_cache(maxsize=4_096)
def visitor_address(peer: str, forwarded: str) -> str:
    """The last of `forwarded` (X-Forwarded-For as our own proxy wrote it; empty where we stand behind none), else the peer."""
    claimed = forwarded.rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address((claimed or peer).partition("%")[0]))
    except ValueError:
        return NOWHERE


def customer(address: str) -> str:
    """IPv6 by /64, which is one customer of a network; IPv4 as it is."""
    return str(ipaddress.IPv6Network((address, 64), strict=False).network_address) if ":" in address else address
