from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from caravan.hooks.actions.deliveries import defer_waiting
from caravan.hooks.models import Endpoint
from caravan.hooks.queries import endpoint_of
from caravan.hooks.rules import MOST_ENDPOINTS, TOPICS, wrong_with
from caravan.kernel.errors import Conflict, Invalid
from caravan.stores.queries import store_for_member


def add_endpoint(*, user_id: UUID, slug: str, url: str, topics: Sequence[str], at: datetime) -> UUID:
    """Tell `url` from now on of `topics` of the store, whose owner the user must be.

    Raises Invalid for an address that will not do, Conflict where it stands already or there are MOST_ENDPOINTS.
    """
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    url = url.strip()
    _check(url, topics)
    with transaction.atomic():
        _one_at_a_time(store.id)
        known = list(Endpoint.objects.filter(store_id=store.id)[: MOST_ENDPOINTS + 1])
        if any(one.url == url for one in known):
            raise Conflict("webhook.known", _("This address is notified already. Change its events instead."))
        if len(known) >= MOST_ENDPOINTS:
            raise Conflict("webhook.many", _("A store has at most %(most)s addresses.") % {"most": MOST_ENDPOINTS})
        made = Endpoint.objects.create(
            store_id=store.id, url=url, topics=_ordered(topics), secret=_new_secret(), created_at=at
        )  # fmt: skip
    return made.pk


def change_endpoint(*, user_id: UUID, slug: str, endpoint_id: UUID, topics: Sequence[str], paused: bool, at: datetime) -> None:
    """Let it hear of other things, pause it, or wake it: what waited is sent then, what happened meanwhile is not told."""
    found = endpoint_of(user_id=user_id, slug=slug, endpoint_id=endpoint_id, role="owner")
    _check(found.url, topics)
    why = (found.pause_reason or "by_store") if paused else ""
    since = (found.paused_at or at) if paused else None
    with transaction.atomic():
        Endpoint.objects.filter(pk=endpoint_id).update(topics=_ordered(topics), paused_at=since, pause_reason=why)
        if found.paused_at is not None and not paused:
            defer_waiting(endpoint_id=endpoint_id, at=at)


def renew_secret(*, user_id: UUID, slug: str, endpoint_id: UUID) -> None:
    """Sign with another secret from the next request on."""
    endpoint_of(user_id=user_id, slug=slug, endpoint_id=endpoint_id, role="owner")
    Endpoint.objects.filter(pk=endpoint_id).update(secret=_new_secret())


def remove_endpoint(*, user_id: UUID, slug: str, endpoint_id: UUID) -> None:
    """Forget the address and its log. Raises NotFound for another store's."""
    endpoint_of(user_id=user_id, slug=slug, endpoint_id=endpoint_id, role="owner")
    Endpoint.objects.filter(pk=endpoint_id).delete()


def _one_at_a_time(store_id: UUID) -> None:
    """Whoever adds to this store waits: nothing else counts its addresses."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('hooks.endpoints:' || %s, 0))", [str(store_id)])


def _check(url: str, topics: Sequence[str]) -> None:
    words = {
        "scheme": _("Give an address that begins with https://."),
        "address": _("Requests cannot be sent to this address."),
        "long": _("At most 500 characters."),
        "none": _("Choose at least one event."),
        "unknown": _("There is no event of this name."),
    }
    if wrong := wrong_with(url, topics, insecure=not settings.PRODUCTION):
        fields = {field: words[code] for field, code in wrong.items()}
        raise Invalid("webhook.endpoint", " ".join(fields.values()), **fields)


def _ordered(topics: Sequence[str]) -> list[str]:
    return [topic for topic in TOPICS if topic in topics]


def _new_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"
