from __future__ import annotations

from caravan.people.actions.buyers import claim_guest
from caravan.people.events import EmailConfirmed
from caravan.promotions.actions.handover import move_pieces
from caravan.trade.actions.handover import move_purchases


def claim_guest_purchases(event: EmailConfirmed) -> None:
    """What a guest bought with an e-mail address belongs to the account that proves the address is theirs. All of it may be
    repeated."""
    if buyers := claim_guest(user_id=event.user_id, email=event.email):
        guest, own = buyers
        move_purchases(from_buyer=guest, to_buyer=own)
        move_pieces(from_buyer=guest, to_buyer=own)
