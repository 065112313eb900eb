"""Small changes of an order under way: where it goes, how long its buyer is protected."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid
from caravan.outbox.actions import record
from caravan.people.rules import PostalAddress
from caravan.trade.actions.moves import locked_order, move_orders
from caravan.trade.events import AddressChanged, ProtectionExtended
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.orders import order_for_buyer, order_for_store
from caravan.trade.rules.states import Move
from caravan.trade.rules.terms import TERMS


def change_address(*, viewer: Viewer, number: str, address: PostalAddress, at: datetime) -> None:
    """The buyer has an order that is not shipped sent elsewhere in the same country (checked by the caller's form).

    Shipping and tax stay as they were paid. What it was before is kept. The same address once more changes nothing.
    Raises NotFound for somebody else's, Invalid for another country, Conflict once it is shipped or closed.
    """
    order_id = order_for_buyer(viewer=viewer, number=number).id
    with transaction.atomic():
        order = locked_order(order_id)
        if order.address == asdict(address):
            return
        if address.country_code != order.market:
            text = _("Shipping and taxes were paid for another country. Cancel this order and place a new one.")
            raise Invalid("address.elsewhere", text, country_code=text)
        move_orders(orders=[order], move=Move.CHANGE_ADDRESS, at=at)
        order.former_addresses = [*order.former_addresses, {**order.address, "until": at.isoformat()}]
        order.address = asdict(address)
        order.save(update_fields=["address", "former_addresses"])
        record(AddressChanged(at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id))


def extend_protection(*, user_id: UUID, number: str, days: int, at: datetime) -> None:
    """The store gives the buyer of an order on its way more time, once, by up to `TERMS.longest_extension`.

    What counts as received later by the estimate moves with it. Raises NotFound for another store's order, Invalid for no or
    too many days, Conflict where it was extended before or is not on its way.
    """
    if not 1 <= days <= TERMS.longest_extension.days:
        text = _("Choose between 1 and %(most)s days.") % {"most": TERMS.longest_extension.days}
        raise Invalid("protection.days", text, days=text)
    order_id = order_for_store(user_id=user_id, number=number).id
    with transaction.atomic():
        order = locked_order(order_id)
        if order.extended_days == days:
            return
        if order.extended_days or order.protected_until is None or order.confirm_by is None:
            raise Conflict("protection.extended", _("The protection of this order was extended before, or has not begun."))
        move_orders(orders=[order], move=Move.EXTEND, at=at)
        more = timedelta(days=days)
        order.extended_days, order.protected_until = days, order.protected_until + more
        order.confirm_by = order.confirm_by if order.delivered_at else min(order.confirm_by + more, order.protected_until)
        order.save(update_fields=["extended_days", "protected_until", "confirm_by"])
        record(
            ProtectionExtended(
                at=at, order_id=order.pk, store_id=order.store_id, buyer_id=order.buyer_id, until=order.protected_until
            )
        )
