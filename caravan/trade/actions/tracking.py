"""What is told of parcels on their way, by carriers through signed webhooks and by stores by hand. Told twice, late or in any
order, the end is the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from caravan.kernel.errors import BadRequest, Invalid, NotFound
from caravan.outbox.actions import record
from caravan.shipping.queries import carrier as known_carrier
from caravan.trade.actions.moves import facets_of, locked_order, move_orders
from caravan.trade.events import ParcelDelivered
from caravan.trade.models import Order, Parcel, TrackingEvent
from caravan.trade.payments import signature
from caravan.trade.queries.orders import order_for_store
from caravan.trade.rules import states
from caravan.trade.rules.states import Move
from caravan.trade.rules.tracking import LONGEST_CODE, STATUSES, News, delivered_when

SANDBOX = "sandbox"
BY_HAND = "store"
LONGEST_TEXT, LONGEST_PLACE, LONGEST_ID = 200, 120, 80


def hear_tracking(*, source: str, headers: Mapping[str, str], body: bytes, at: datetime) -> int:
    """Take note of what a carrier or aggregator says; returns how many parcels it was news for (0: told before).

    Raises NotFound for a source without a secret and for a parcel nobody sent, Forbidden for a signature that is not theirs,
    BadRequest for a body that is no news.
    """
    signature.check(secret_of(source), headers.get(signature.HEADER, ""), body, at)
    news = _read(body)
    known = known_carrier(news.carrier)
    parcels = Parcel.objects.filter(tracking_code=news.tracking_code)
    if news.carrier:
        parcels = parcels.filter(carrier=known.name if known else news.carrier)
    found = list(parcels.order_by("order_id", "id").values_list("order_id", "id"))
    if not found:
        raise NotFound("tracking.unknown", f"No parcel {news.tracking_code} of {news.carrier or 'any carrier'} is on its way.")
    return sum(note(order_id=order_id, parcel_id=parcel_id, source=source, news=news, at=at) for order_id, parcel_id in found)


def track_by_hand(
    *, user_id: UUID, number: str, parcel: int, status: str, place: str = "", text: str = "", attempt: str, at: datetime
) -> None:
    """A member of the store says where a parcel is. `attempt` is new for each form: the same one twice is the same news.

    Raises NotFound for another store's parcel, Invalid for a status there is not or words too long.
    """
    order_id = order_for_store(user_id=user_id, number=number).id
    parcel_id = Parcel.objects.filter(order_id=order_id, number=parcel).values_list("id", flat=True).first()
    if parcel_id is None:
        raise NotFound("parcel.unknown", _("There is no such parcel in this order."))
    place, text = " ".join(place.split()), " ".join(text.split())
    wrong = {} if status in STATUSES else {"status": _("Choose one from the list.")}
    for name, said, most in (("place", place, LONGEST_PLACE), ("text", text, LONGEST_TEXT)):
        if len(said) > most:
            wrong[name] = _("Write it in at most %(most)s characters.") % {"most": most}
    if wrong:
        raise Invalid("tracking.invalid", _("This tracking entry is not complete."), **wrong)
    news = News(attempt[:LONGEST_ID], "", "", status, at, place, text)
    note(order_id=order_id, parcel_id=parcel_id, source=BY_HAND, news=news, at=at)


def note(*, order_id: UUID, parcel_id: UUID, source: str, news: News, at: datetime) -> bool:
    """Keep one piece of news of one parcel and let the order follow. False: it was told before."""
    with transaction.atomic():
        order = locked_order(order_id)
        _event, is_new = TrackingEvent.objects.get_or_create(
            parcel_id=parcel_id,
            event_id=f"{source}:{news.event_id}",
            defaults={
                "source": source, "status": news.status, "place": news.place, "text": news.text,
                "happened_at": min(news.happened_at, at), "heard_at": at,
            },
        )  # fmt: skip
        if is_new and news.status == "delivered":
            _deliver(order, parcel_id, news, at)
    return is_new


def secret_of(source: str) -> bytes:
    """What `source` signs with: `TRACKING_SECRETS`; the sandbox's own outside production. Raises NotFound for anybody else."""
    if source == SANDBOX and not settings.PRODUCTION:
        return salted_hmac("caravan.trade.tracking", SANDBOX, algorithm="sha256").digest()
    secret = settings.TRACKING_SECRETS.get(source, "")
    if not secret:
        raise NotFound("tracking.source", f"Nobody called “{source}” tells of parcels here.")
    return str(secret).encode()


def _deliver(order: Order, parcel_id: UUID, news: News, at: datetime) -> None:
    parcel = Parcel.objects.get(pk=parcel_id)
    if parcel.delivered_at is not None:
        return
    parcel.delivered_at = delivered_when(news, parcel.shipped_at, at)
    parcel.save(update_fields=["delivered_at"])
    record(ParcelDelivered(at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id, parcel_id=parcel_id))
    last = list(Parcel.objects.filter(order=order).values_list("delivered_at", flat=True))
    if None in last or states.after(facets_of(order), Move.DELIVER) is None:
        return
    # The buyer has the days to look at it from when we hear, the record says when it was.
    move_orders(orders=[order], move=Move.DELIVER, at=at)
    order.delivered_at = max(when for when in last if when)
    order.save(update_fields=["delivered_at"])


def _read(body: bytes) -> News:
    try:
        said = json.loads(body)
        news = News(
            event_id=str(said["id"])[:LONGEST_ID],
            carrier=" ".join(str(said.get("carrier", "")).split()),
            tracking_code="".join(str(said["tracking_code"]).split()),
            status=str(said["status"]),
            happened_at=datetime.fromisoformat(str(said["at"])),
            place=str(said.get("place", ""))[:LONGEST_PLACE],
            text=str(said.get("text", ""))[:LONGEST_TEXT],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        raise BadRequest("tracking.body", "The body is no news of a parcel: id, tracking_code, status and at are needed.") from e
    words = (news.event_id, news.carrier, news.tracking_code, news.place, news.text)
    complete = news.status in STATUSES and news.event_id and 1 <= len(news.tracking_code) <= LONGEST_CODE
    if not complete or any("\0" in word for word in words):
        raise BadRequest("tracking.body", f"Say an id, a tracking code and one of: {', '.join(STATUSES)}.")
    return news if news.happened_at.tzinfo else replace(news, happened_at=news.happened_at.replace(tzinfo=UTC))
