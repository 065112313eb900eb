"""How a guest, who has no account, shows that a purchase is theirs: a key in the address that only we could have written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks to see a purchase: a signed-in user, or whoever holds its `key`."""

    user_id: UUID | None = None
    key: str = ""


def access_key(purchase_id: UUID) -> str:
    """128 bits in hex, the same for all orders of the purchase. It opens them for reading, paying and receiving."""
    return salted_hmac("caravan.trade.purchase", purchase_id.hex, algorithm="sha256").hexdigest()[:32]


def may_see(viewer: Viewer, *, purchase_id: UUID | None, buyer_user_id: UUID | None) -> bool:
    """An account sees what it bought; a key opens its purchase, imported orders have none."""
    if viewer.user_id is not None and viewer.user_id == buyer_user_id:
        return True
    return bool(viewer.key) and purchase_id is not None and constant_time_compare(viewer.key, access_key(purchase_id))
