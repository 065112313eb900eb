from __future__ import annotations

from datetime import datetime

from caravan.shipping.actions import publish_routes
from caravan.trade.queries.routes import delivered_routes


def learn_delivery(*, at: datetime) -> int:
    """Let delivery dates follow what parcels of the last months took; returns how many routes are known. May be repeated."""
    return publish_routes(routes=delivered_routes(at), at=at)
