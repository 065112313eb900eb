"""The carrier of the demo: every parcel moves along by itself, and each step is told by the webhook a real carrier would use."""

from __future__ import annotations

import json
import logging
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

from caravan.trade.actions.tracking import SANDBOX, secret_of
from caravan.trade.payments import signature
from caravan.trade.queries.moving import MovingParcel, moving_parcels

log = logging.getLogger(__name__)
NAME = "Demo Post"
# What a parcel sent while the demo runs goes through, by the time since it was shipped.
JOURNEY = (
    ("accepted", timedelta(seconds=15)),
    ("on_the_way", timedelta(seconds=40)),
    ("out_for_delivery", timedelta(seconds=75)),
    ("delivered", timedelta(seconds=105)),
)
FROM_BEFORE = timedelta(hours=1)  # shipped longer ago than this: a parcel of the demo's past, which takes days
LOOKS_EVERY = timedelta(seconds=5)
AT_ONCE = 5


class Carrier:
    """Posts what is due to `site`. Parcels of the demo's past arrive 6 to 20 days after they left, each on a day of its own."""

    def __init__(self, site: str) -> None:
        self._site, self._looked = site, datetime.min.replace(tzinfo=UTC)

    def work(self, at: datetime) -> int:
        """Tell what is due by `at`, at most AT_ONCE steps; between looks nothing. Returns how many steps were told."""
        if at - self._looked < LOOKS_EVERY:
            return 0
        self._looked = at
        due = [(parcel, status) for parcel in moving_parcels(limit=500) if (status := _due(parcel, at))][:AT_ONCE]
        return sum(self._tell(parcel, status, at) for parcel, status in due)

    def _tell(self, parcel: MovingParcel, status: str, at: datetime) -> bool:
        news = {
            "id": f"{parcel.id.hex}-{status}", "carrier": parcel.carrier, "tracking_code": parcel.tracking_code,
            "status": status, "at": at.isoformat(), "place": "",
        }  # fmt: skip
        body = json.dumps(news).encode()
        headers = {"Content-Type": "application/json", signature.HEADER: signature.sign(secret_of(SANDBOX), body, at)}
        request = urllib.request.Request(f"{self._site}/webhooks/tracking/{SANDBOX}", body, headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - the demo's own address
                return True
        except urllib.error.HTTPError as refused:
            log.info("carrier: %s", refused)
            return False


def _due(parcel: MovingParcel, at: datetime) -> str:
    """The next step of its journey, if its time has come; else empty."""
    gone = at - parcel.shipped_at
    if gone > FROM_BEFORE:
        return "delivered" if gone > timedelta(days=6 + parcel.id.int % 15) else ""
    return next((status for status, after in JOURNEY if gone >= after and status not in parcel.told), "")
