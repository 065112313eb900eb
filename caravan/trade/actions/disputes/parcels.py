"""What was agreed, carried out: goods go back or come once more, each step with its clock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from caravan.catalog.actions.stock import return_stock, take_stock
from caravan.kernel.errors import Invalid
from caravan.trade.actions.disputes.moving import locked, move
from caravan.trade.actions.disputes.terms import checked_note, checked_parcel
from caravan.trade.models import Dispute
from caravan.trade.queries.sides import Side
from caravan.trade.rules.disputes import Move


def give_return_address(*, side: Side, address: str, at: datetime) -> None:
    """The store says where the goods go back to. Raises Invalid for an address that cannot be one."""
    lines = "\n".join(line for part in address.replace("\x00", "").splitlines() if (line := " ".join(part.split())))
    if not 10 <= len(lines) <= 500:
        text = _("Write a whole postal address: name, street, town, country; 10 to 500 characters.")
        raise Invalid("dispute.address", text, address=text)
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        dispute.return_address = lines
        move(order=order, dispute=dispute, move=Move.GIVE_ADDRESS, party=side.party, at=at)


def send_back(*, side: Side, carrier: str, tracking_code: str, at: datetime) -> None:
    """The buyer has handed the goods to a carrier. The same once more is no error."""
    parcel = checked_parcel(carrier=carrier, tracking_code=tracking_code)
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        if (dispute.return_carrier, dispute.return_tracking) == parcel:
            return
        dispute.return_carrier, dispute.return_tracking = parcel
        move(order=order, dispute=dispute, move=Move.SEND_BACK, party=side.party, at=at)


def take_back(*, side: Side, resalable: bool, at: datetime) -> None:
    """The store has its goods; the buyer's money goes back. What can be sold again is on sale again. Twice is no error."""
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        if dispute.outcome == "return":
            return
        move(order=order, dispute=dispute, move=Move.TAKE_BACK, party=side.party, at=at)
        if resalable:
            return_stock(given=_pieces(dispute), at=at)


def resend(*, side: Side, carrier: str, tracking_code: str, at: datetime) -> None:
    """The store has sent the goods again, out of its stock. The same once more is no error. Raises Conflict where it has none."""
    parcel = checked_parcel(carrier=carrier, tracking_code=tracking_code)
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        if (dispute.resend_carrier, dispute.resend_tracking) == parcel:
            return
        dispute.resend_carrier, dispute.resend_tracking = parcel
        move(order=order, dispute=dispute, move=Move.RESEND, party=side.party, at=at)
        take_stock(wanted=_pieces(dispute), at=at)


def confirm_resent(*, side: Side, at: datetime) -> None:
    """The buyer has the second parcel, and it is right. Twice is no error."""
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        if dispute.outcome != "resend":
            move(order=order, dispute=dispute, move=Move.CONFIRM, party=side.party, at=at)


def contest(*, side: Side, text: str, at: datetime) -> None:
    """What came back (the store says), or came again (the buyer says), is not what was agreed: the platform decides anew."""
    text = checked_note(note=text, field="text", required=True)
    with transaction.atomic():
        order, dispute = locked(side.order_id)
        dispute.contested = text
        move(order=order, dispute=dispute, move=Move.CONTEST, party=side.party, at=at)


def _pieces(dispute: Dispute) -> list[tuple[UUID, int]]:
    """Those that travel: what was paid back before it was sent is on the shelf since then, and is disputed for its money only."""
    travel = Least("quantity", "line__shipped_quantity")
    return list(dispute.lines.annotate(travel=travel).filter(travel__gt=0).values_list("line__variant_id", "travel"))
