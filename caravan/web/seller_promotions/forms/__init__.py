from caravan.web.seller_promotions.forms.reading import Read, read
from caravan.web.seller_promotions.forms.showing import empty, shown
from caravan.web.seller_promotions.forms.typed import Typed

__all__ = ["Read", "Typed", "empty", "read", "shown"]
