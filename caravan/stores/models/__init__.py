from caravan.stores.models.follow import Follow, Followers
from caravan.stores.models.legal import Legal
from caravan.stores.models.membership import Membership
from caravan.stores.models.store import Store
from caravan.stores.models.vacation import Vacation

__all__ = ["Follow", "Followers", "Legal", "Membership", "Store", "Vacation"]
