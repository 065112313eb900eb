"""Where a store's own systems are told what happens, and the log of it. Owners change, staff may read, try and send again."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.hooks.actions import deliveries, endpoints
from caravan.hooks.queries import attempts_of, deliveries_of, delivery_of, endpoint_of, endpoints_of
from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.people.rules.limits import per_hour
from caravan.stores.queries import store_for_member
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_hooks.words import pauses, states, topics


@signed_in
@require_http_methods(["GET", "POST"])
def webhooks(request: PageRequest, slug: str) -> HttpResponse:
    """The addresses, and a form for one more."""
    if request.method == "GET":
        return _webhooks(request, slug)
    try:
        url, chosen = request.POST.get("url", ""), request.POST.getlist("topics")
        made = endpoints.add_endpoint(user_id=user_id(request), slug=slug, url=url, topics=chosen, at=now())
    except (Invalid, Conflict) as refused:
        return _webhooks(request, slug, refused)
    messages.success(request, _("Added. Check the signature with the secret below, then send a test."))
    return redirect("seller-webhook", slug=slug, id=made)


@signed_in
@require_http_methods(["GET", "POST"])
def webhook(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    """One address: what it hears, its secret."""
    if request.method == "GET":
        return _webhook(request, slug, id)
    try:
        endpoints.change_endpoint(
            user_id=user_id(request), slug=slug, endpoint_id=id, topics=request.POST.getlist("topics"),
            paused="paused" in request.POST, at=now(),
        )  # fmt: skip
    except Invalid as refused:
        return _webhook(request, slug, id, refused)
    messages.success(request, _("Saved."))
    return redirect("seller-webhook", slug=slug, id=id)


@signed_in
@require_POST
@limited("webhook-ping", per_hour(60))
def pinging(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    sent = deliveries.ping(user_id=user_id(request), slug=slug, endpoint_id=id, at=now())
    messages.success(request, _("A test is on its way. Look again in a moment to see what came back."))
    return redirect("seller-delivery", slug=slug, id=sent)


@signed_in
@require_POST
def secret(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    endpoints.renew_secret(user_id=user_id(request), slug=slug, endpoint_id=id)
    messages.success(request, _("Requests are signed with the new secret from now on."))
    return redirect("seller-webhook", slug=slug, id=id)


@signed_in
@require_POST
def removal(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    endpoints.remove_endpoint(user_id=user_id(request), slug=slug, endpoint_id=id)
    messages.success(request, _("Removed, with its log."))
    return redirect("seller-webhooks", slug=slug)


@signed_in
@require_safe
def log(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    state, after = request.GET.get("state", ""), request.GET.get("after", "")
    page = deliveries_of(user_id=user_id(request), slug=slug, state=state, cursor=after)
    context = {"store": store, "section": "settings", "page": page, "state": state, "states": states(), "is_first": not after}
    return render(request, "seller_hooks/log.html", context)


@signed_in
@require_safe
def delivery(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    """What was sent, and what came back each time."""
    store = store_for_member(user_id=user_id(request), slug=slug)
    found = delivery_of(user_id=user_id(request), slug=slug, delivery_id=id)
    sent = json.dumps(json.loads(found.body), indent=2, ensure_ascii=False)
    context = {
        "store": store,
        "section": "settings",
        "delivery": found,
        "sent": sent,
        "attempts": attempts_of(id),
        "states": states(),
    }
    return render(request, "seller_hooks/delivery.html", context | {"states": states()})


@signed_in
@require_POST
@limited("webhook-resend", per_hour(600))
def resending(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    deliveries.resend(user_id=user_id(request), slug=slug, delivery_id=id, at=now())
    messages.success(request, _("It is sent again."))
    return redirect("seller-delivery", slug=slug, id=id)


def _webhooks(request: PageRequest, slug: str, refused: Invalid | Conflict | None = None) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    errors = refused.fields or {"url": refused.detail} if refused else {}
    context: dict[str, Any] = {
        "store": store,
        "section": "settings",
        "endpoints": endpoints_of(user_id=user_id(request), slug=slug),
        "topics": topics(),
        "pauses": pauses(),
        "typed": request.POST.get("url", ""),
        "chosen": request.POST.getlist("topics") if refused else [name for name, _text in topics()],
        "errors": errors,
    }
    return render(request, "seller_hooks/webhooks.html", context, status=refused.status if refused else 200)


def _webhook(request: PageRequest, slug: str, id: UUID, refused: Invalid | None = None) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug, role="owner")
    found = endpoint_of(user_id=user_id(request), slug=slug, endpoint_id=id)
    context = {
        "store": store,
        "section": "settings",
        "endpoint": found,
        "topics": topics(),
        "chosen": request.POST.getlist("topics") if refused else found.topics,
        "pauses": pauses(),
        "errors": refused.fields if refused else {},
    }
    return render(request, "seller_hooks/webhook.html", context, status=refused.status if refused else 200)
