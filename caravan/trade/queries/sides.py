"""Who speaks in a dispute. Fetching a side is authorising it: what is not yours is not found."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.people.queries.accounts import account
from caravan.trade.models import Order
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer, order_for_store
from caravan.trade.rules.disputes import Party


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody who was let in to an order as one of the parties; `user_id` is None for a guest with the key."""

    order_id: UUID
    party: Party
    user_id: UUID | None


def buyer_side(*, viewer: Viewer, number: str) -> Side:
    """Raises NotFound unless the order is the viewer's, by account or by key."""
    return Side(order_for_buyer(viewer=viewer, number=number).id, Party.BUYER, viewer.user_id)


def store_side(*, user_id: UUID, number: str) -> Side:
    """Raises NotFound unless the user acts for the order's store."""
    return Side(order_for_store(user_id=user_id, number=number).id, Party.STORE, user_id)


def platform_side(*, user_id: UUID, number: str) -> Side:
    """Raises NotFound for whoever is no operator."""
    order_id = Order.objects.filter(number=number).values_list("id", flat=True).first()
    if order_id is None or not account(user_id=user_id).is_staff:
        raise NotFound("order.unknown", _("There is no such order."))
    return Side(order_id, Party.PLATFORM, user_id)
