from caravan.stores.queries.follows import FollowPage, FollowRow, followed_by, followers_of, follows, follows_of
from caravan.stores.queries.legal import legal_of
from caravan.stores.queries.members import Member, MemberStore, members_of, store_for_member, stores_of
from caravan.stores.queries.stores import (
    StoreRow,
    open_stores,
    store_by_slug,
    store_in_any_state,
    store_of_product,
    stores_by_ids,
    visited_store,
)

__all__ = [
    "FollowPage",
    "FollowRow",
    "Member",
    "MemberStore",
    "StoreRow",
    "followed_by",
    "followers_of",
    "follows",
    "follows_of",
    "legal_of",
    "members_of",
    "open_stores",
    "store_by_slug",
    "store_for_member",
    "store_in_any_state",
    "store_of_product",
    "stores_by_ids",
    "stores_of",
    "visited_store",
]
