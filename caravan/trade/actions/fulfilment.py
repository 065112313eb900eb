from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caravan.trade.actions.parcels import ship_parcel


def ship_order(*, user_id: UUID, number: str, carrier: str, tracking_code: str, at: datetime) -> None:
    """A member of the store hands all that is left of a paid order to a carrier, as one parcel (`actions/parcels.py`)."""
    ship_parcel(user_id=user_id, number=number, carrier=carrier, tracking_code=tracking_code, at=at)
