"""Those who follow a store hear that it has something on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caravan.people.actions.notices import announce_all
from caravan.people.rules.notices import Announcement
from caravan.promotions.models import Promotion
from caravan.promotions.rules import Audience
from caravan.promotions.rules.lifecycle import Status, status
from caravan.stores.queries import followers_of, stores_by_ids

_FOR = (Audience.EVERYONE, Audience.FOLLOWERS)


def tell_followers(*, promotion_id: UUID, at: datetime) -> int:
    """Of a promotion that is live: once a day and store at most, however many begin. Returns how many people follow.

    Coupons are told by whoever puts them into wallets.
    """
    promotion = Promotion.objects.exclude(kind=Promotion.Kind.COUPON).filter(pk=promotion_id, audience__in=_FOR).first()
    if promotion is None or promotion.store_id is None:
        return 0
    if status(promotion.state, promotion.since, promotion.until, at) is not Status.LIVE:
        return 0
    store = stores_by_ids([promotion.store_id])[promotion.store_id]
    told, after = 0, None
    while followers := followers_of(store.id, after=after):
        announce_all(
            told=[
                Announcement(
                    user_id=user_id,
                    code="store_offer",
                    cause=f"{store.id}:{at.date()}",
                    about={"store": store.name, "offer": promotion.name, "until": promotion.until},
                    url=f"/store/{store.slug}/",
                )
                for _follow, user_id in followers
            ],
            at=at,
        )
        told, after = told + len(followers), followers[-1][0]
    return told
