"""Pictures that a product file points to on the web: fetched in the background, from public addresses only."""

from __future__ import annotations

import http.client
import time
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
from caravan.kernel.outward import Allowed, PrivateAddress, UnknownHost, connected, is_public
from caravan.outbox.actions import record

TOGETHER = 30.0  # seconds for one picture
REDIRECTS = 3
_KEPT = "/%:;=&?~!*'()$,+@"  # what may stand in a path or query as it is, escapes made before us among it


class Unreachable(OSError):
    """Not now; a later try may succeed."""


def fetch_pictures(*, product_id: UUID, at: datetime, last_try: bool = True, allowed: Allowed = is_public) -> None:
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


def download(url: str, *, allowed: Allowed = is_public) -> bytes:
    """The body behind a web address, of at most MOST_BYTES. Raises `Invalid` for what will never do, Unreachable for the rest."""
    deadline = time.monotonic() + TOGETHER
    for _hop in range(REDIRECTS + 1):
        answer = _get(url, allowed, deadline)
        if isinstance(answer, bytes):
            return answer
        url = answer
    raise Invalid("picture.redirects", _("The address of the picture leads on and on. Give its final address."))


def _get(url: str, allowed: Allowed, deadline: float) -> bytes | str:
    """The body, or the address to go on to."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (KeyError, ValueError) as e:
        raise Invalid("picture.address", _("Pictures are fetched from http and https addresses only.")) from e
    try:
        with connected(
            parts.hostname or "", port, secure=parts.scheme == "https", deadline=deadline, allowed=allowed
        ) as connection:
            path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_KEPT)
            connection.request("GET", path, headers={"Accept": "image/*", "User-Agent": "Caravan picture fetch"})
            return _read(connection.getresponse(), url, deadline)
    except PrivateAddress as e:
        raise Invalid("picture.private", _("Pictures are fetched from public addresses only.")) from e
    except UnknownHost as e:
        raise Unreachable(_("The server %(host)s is not known.") % {"host": parts.hostname}) from e
    except Unreachable:
        raise
    except (OSError, http.client.HTTPException, UnicodeError) as e:
        raise Unreachable(_("The server could not be reached (%(error)s).") % {"error": type(e).__name__}) from e


def _read(response: http.client.HTTPResponse, url: str, deadline: float) -> bytes | str:
    if response.status in (301, 302, 303, 307, 308):
        return _onward(url, response.headers.get("location", ""))
    if response.status >= 500 or response.status == 429:
        raise Unreachable(_("The server answered %(status)s.") % {"status": response.status})
    if response.status != 200:
        raise Invalid("picture.status", _("There is no picture at this address (%(status)s).") % {"status": response.status})
    return _body(response, deadline)


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
