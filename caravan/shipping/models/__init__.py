from caravan.shipping.models.learned import LearnedRoute
from caravan.shipping.models.policy import Policy
from caravan.shipping.models.tariff import FreeShipping, Rate, Table, ZoneSet

__all__ = ["FreeShipping", "LearnedRoute", "Policy", "Rate", "Table", "ZoneSet"]
