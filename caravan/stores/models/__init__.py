from caravan.stores.models.legal import Legal
from caravan.stores.models.membership import Membership
from caravan.stores.models.store import Store
from caravan.stores.models.vacation import Vacation

__all__ = ["Legal", "Membership", "Store", "Vacation"]
