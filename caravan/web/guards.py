"""What a page asks of its visitor before anything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from caravan.kernel.clock import now
from caravan.kernel.errors import NotFound, Unauthenticated
from caravan.people.actions.limits import spend, spend_here
from caravan.people.rules.limits import Limit, per_minute
from caravan.people.rules.network import customer, visitor_address

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Others are sent to the sign-in page, and come back to what they wanted to read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("account")
        return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': wanted})}")

    return guarded


def operators(view: View) -> View:
    """For those who run the market: others are told that there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_staff:
            raise NotFound("page.unknown", _("There is no such page."))
        return signed_in(view)(request, *args, **kwargs)

    return guarded


def user_id(request: HttpRequest) -> UUID:
    """Who is signed in. Raises Unauthenticated; behind `signed_in` it never does."""
    if not request.user.is_authenticated:
        raise Unauthenticated("page.signed_out", _("Please sign in to do this."))
    return request.user.pk


def limited(name: str, per: Limit) -> Callable[[View], View]:
    """A POST costs one of what the account, or the network address of a guest, may do. Raises RateLimited."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                spend(key=f"{name}:{who(request)}", per=per, at=now())
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def searching(cost: int) -> Callable[[View], View]:
    """A look into the index costs `cost` fifths of a search, counted in this process. Raises RateLimited: people never see it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            spend_here(key=f"search:{who(request)}", cost=cost, per=per_minute(5 * settings.SEARCHES_PER_MINUTE), at=now())
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def who(request: HttpRequest) -> str:
    """The account, else the network address: what limits are counted by. IPv6 by /64, which is one customer."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    return customer(client_ip(request))


def client_ip(request: HttpRequest) -> str:
    """The address of the visitor: what the proxy in front of us says, where we stand behind one, else the peer."""
    forwarded = request.headers.get("x-forwarded-for", "") if settings.BEHIND_PROXY else ""
    return visitor_address(request.META.get("REMOTE_ADDR") or "", forwarded)


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The `next` of the request if it is a path on this site, else `otherwise`. Never another host: no open redirect."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if local else otherwise
