"""Coupons for the people of a segment. Who is in it is told by orders, so that it is this room that knows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caravan.promotions.actions.issuing import issue_coupons
from caravan.promotions.queries.targeted import running_targeted, targeted
from caravan.trade.queries.segments import members_of


def issue_targeted(*, promotion_id: UUID, at: datetime) -> int:
    """Give the promotion's coupon to all who are in its segment and have none of it yet, if it is one that is targeted and runs.
    Returns how many got one."""
    meant = targeted(promotion_id=promotion_id, at=at)
    if meant is None:
        return 0
    return issue_coupons(promotion_id=promotion_id, buyer_ids=members_of(meant.store_id, meant.segment, at), at=at)


def issue_running(*, at: datetime) -> int:
    """The same for every targeted promotion that runs, for those who have come into its segment since. Returns how many."""
    return sum(issue_targeted(promotion_id=promotion_id, at=at) for promotion_id in running_targeted(at=at))
