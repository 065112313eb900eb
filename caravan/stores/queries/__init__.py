from caravan.stores.queries.members import Member, MemberStore, members_of, store_for_member, stores_of
from caravan.stores.queries.stores import StoreRow, open_stores, store_by_slug, store_in_any_state, stores_by_ids

__all__ = [
    "Member",
    "MemberStore",
    "StoreRow",
    "members_of",
    "open_stores",
    "store_by_slug",
    "store_for_member",
    "store_in_any_state",
    "stores_by_ids",
    "stores_of",
]
