"""Pictures that a product file points to on the web: fetched in the background, from public addresses only."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urljoin, urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.catalog.actions.pictures import store_picture
from caravan.catalog.events import ProductChanged
from caravan.catalog.models import PictureLink, Product, Version
from caravan.catalog.rules.pictures import MOST_BYTES
from caravan.kernel.errors import Invalid
from caravan.outbox.actions import record

TIMEOUT = 10.0  # seconds for one step of a connection
TOGETHER = 30.0  # seconds for one picture
REDIRECTS = 3
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_KEPT = "/%:;=&?~!*'()$,+@"  # what may stand in a path or query as it is, escapes made before us among it

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreachable(OSError):
    """Not now; a later try may succeed."""


def is_public(address: Address) -> bool:
    """Whether an address is of the open internet: a file must not make the market ask machines of its own network."""
    meant = _carried(address) or address
    return meant.is_global and not meant.is_multicast


def _carried(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address an IPv6 one stands for: mapped, 6to4 (RFC 3056) or NAT64 (RFC 6052)."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    nat64 = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return address.ipv4_mapped or address.sixtofour or nat64


def fetch_pictures(
    *, product_id: UUID, at: datetime, last_try: bool = True, allowed: Callable[[Address], bool] = is_public
) -> None:
    """Fetch what the product's links point to and show it in the product's current version, whose claim it is.

    Runs any number of times. Raises Unreachable while some pictures may still come and this is not the `last_try`.
    """
    waiting = list(PictureLink.objects.filter(product_id=product_id, state=PictureLink.State.WAITING))
    for link in waiting:
        try:
            _keep(link, store_picture(content=download(link.url, allowed=allowed)).id)
        except Invalid as refused:
            _give_up(link, refused.detail)
        except Unreachable as unreachable:
            if last_try:
                _give_up(link, str(unreachable))
    _show(product_id, at)
    if PictureLink.objects.filter(product_id=product_id, state=PictureLink.State.WAITING).exists():
        raise Unreachable(f"pictures of {product_id}")


def _keep(link: PictureLink, picture_id: UUID) -> None:
    PictureLink.objects.filter(pk=link.pk).update(state=PictureLink.State.DONE, picture_id=picture_id, error="")


def _give_up(link: PictureLink, why: str) -> None:
    PictureLink.objects.filter(pk=link.pk).update(state=PictureLink.State.FAILED, error=why[:300])


def _show(product_id: UUID, at: datetime) -> None:
    with transaction.atomic():
        product = Product.objects.select_for_update(no_key=True).filter(pk=product_id).first()
        links = PictureLink.objects.filter(product_id=product_id, picture__isnull=False).order_by("position")
        shown = list(dict.fromkeys(links.values_list("picture_id", flat=True)))
        if product is None or product.version_id is None or not shown:
            return
        version = Version.objects.get(pk=product.version_id)
        if version.pictures == [str(p) for p in shown]:
            return
        version.pictures, product.cover_id = [str(p) for p in shown], shown[0]
        product.updated_at = at  # a form opened before would take the pictures away again
        version.save(update_fields=["pictures"])
        product.save(update_fields=["cover", "updated_at"])
        record(ProductChanged(at=at, product_id=product.pk, store_id=product.store_id))


def download(url: str, *, allowed: Callable[[Address], bool] = is_public) -> bytes:
    """The body behind a web address, of at most MOST_BYTES. Raises `Invalid` for what will never do, Unreachable for the rest."""
    deadline = time.monotonic() + TOGETHER
    for _hop in range(REDIRECTS + 1):
        answer = _get(url, allowed, deadline)
        if isinstance(answer, bytes):
            return answer
        url = answer
    raise Invalid("picture.redirects", _("The address of the picture leads on and on. Give its final address."))


def _get(url: str, allowed: Callable[[Address], bool], deadline: float) -> bytes | str:
    """The body, or the address to go on to."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (KeyError, ValueError) as e:
        raise Invalid("picture.address", _("Pictures are fetched from http and https addresses only.")) from e
    connection = _Pinned(parts.hostname or "", port, _resolve(parts.hostname or "", port, allowed), parts.scheme == "https")
    # A server that sends a byte now and then keeps every single step short; this ends all of them together.
    cut = threading.Timer(max(0.0, deadline - time.monotonic()), connection.cut)
    cut.daemon = True
    cut.start()
    try:
        path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_KEPT)
        connection.request("GET", path, headers={"Accept": "image/*", "User-Agent": "Caravan picture fetch"})
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308):
            return _onward(url, response.headers.get("location", ""))
        if response.status >= 500 or response.status == 429:
            raise Unreachable(_("The server answered %(status)s.") % {"status": response.status})
        if response.status != 200:
            raise Invalid("picture.status", _("There is no picture at this address (%(status)s).") % {"status": response.status})
        return _body(response, deadline)
    except Unreachable:
        raise
    except (OSError, http.client.HTTPException, UnicodeError) as e:
        raise Unreachable(_("The server could not be reached (%(error)s).") % {"error": type(e).__name__}) from e
    finally:
        cut.cancel()
        connection.close()


def _onward(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as e:
        raise Invalid("picture.address", _("The address of the picture leads to one that cannot be read.")) from e


def _body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while piece := response.read1(65536):
        body += piece
        if len(body) > MOST_BYTES:
            raise Invalid("picture.large", _("The picture is larger than %(mb)s MB.") % {"mb": MOST_BYTES // 1_000_000})
        if time.monotonic() > deadline:
            raise Unreachable(_("The picture took too long."))
    return bytes(body)


def _resolve(host: str, port: int, allowed: Callable[[Address], bool]) -> str:
    """An address of the host. All of them must be allowed, or none is used."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as e:
        raise Unreachable(_("The server %(host)s is not known.") % {"host": host}) from e
    if not all(allowed(ipaddress.ip_address(str(address).partition("%")[0])) for address in found):
        raise Invalid("picture.private", _("Pictures are fetched from public addresses only."))
    return str(min(found, key=lambda address: ":" in str(address)))  # IPv4 first: not every machine reaches IPv6


class _Pinned(http.client.HTTPConnection):
    """A connection to the very address that was checked: asking the name server again could give another answer."""

    def __init__(self, host: str, port: int, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
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
