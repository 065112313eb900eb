from caravan.stores.models.membership import Membership
from caravan.stores.models.store import Store

__all__ = ["Membership", "Store"]
