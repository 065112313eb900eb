from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.trade.models import OrderNote
from caravan.trade.queries.orders import order_for_store

LONGEST = 1_000


def write_note(*, user_id: UUID, number: str, text: str, at: datetime) -> UUID:
    """A member of the store writes to the others about an order. Raises NotFound for another store's, Invalid for no words."""
    order_id = order_for_store(user_id=user_id, number=number).id
    text = text.strip().replace("\r\n", "\n")
    if not 1 <= len(text) <= LONGEST:
        wrong = _("Write something, in at most %(most)s characters.") % {"most": LONGEST}
        raise Invalid("note.text", wrong, note=wrong)
    return OrderNote.objects.create(order_id=order_id, author_id=user_id, text=text, created_at=at).pk


def remove_note(*, user_id: UUID, number: str, note_id: UUID) -> None:
    """Any member of the store may take a note away. Taking it away twice is no error."""
    order_id = order_for_store(user_id=user_id, number=number).id
    OrderNote.objects.filter(order_id=order_id, pk=note_id).delete()
