from caravan.stores.actions.follows import follow_store, unfollow_store
from caravan.stores.actions.legal import state_legal
from caravan.stores.actions.logo import remove_logo, set_logo
from caravan.stores.actions.operator import reopen_store, suspend_store
from caravan.stores.actions.staff import invite_staff, remove_staff
from caravan.stores.actions.stores import edit_store, open_store

__all__ = [
    "edit_store",
    "follow_store",
    "invite_staff",
    "open_store",
    "remove_logo",
    "remove_staff",
    "reopen_store",
    "set_logo",
    "state_legal",
    "suspend_store",
    "unfollow_store",
]
