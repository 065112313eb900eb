from __future__ import annotations

from caravan.promotions.events import PromotionChanged
from caravan.trade.actions import targeting


def issue_targeted(event: PromotionChanged) -> None:
    """A coupon for a segment goes into the wallets of those who are in it when it goes live."""
    if event.kind == "coupon" and event.status == "live":
        targeting.issue_targeted(promotion_id=event.promotion_id, at=event.at)
