from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from caravan.trade.queries.access import Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    """The account, and the key in the address if there is one."""
    user_id = request.user.pk if request.user.is_authenticated else None
    return Viewer(user_id, request.GET.get("key", "")[:64])


def keyed(name: str, key: str, **kwargs: object) -> str:
    """The address of a page, with the key a guest needs for it."""
    return reverse(name, kwargs=kwargs) + (f"?{urlencode({'key': key})}" if key else "")
