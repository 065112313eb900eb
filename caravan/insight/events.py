from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caravan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MarketRefreshed(Event, name="insight.market_refreshed"):
    """Rankings and volumes as of `as_of` were published; search ranks by them."""

    as_of: datetime
