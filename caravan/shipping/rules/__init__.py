from caravan.shipping.rules.free import FreeRule
from caravan.shipping.rules.learned import LEAST_PARCELS, WINDOW_DAYS, Learned
from caravan.shipping.rules.options import Book, Books, Shipment, ShippingOption, StoreBook, Why, options
from caravan.shipping.rules.parcels import Piece, actual_grams
from caravan.shipping.rules.promise import on_time_promise
from caravan.shipping.rules.services import Service, Size, default_service
from caravan.shipping.rules.sheet import RefusedRow
from caravan.shipping.rules.tariffs import Tariff, TariffRow
from caravan.shipping.rules.zones import Zone, ships

__all__ = [
    "LEAST_PARCELS",
    "WINDOW_DAYS",
    "Book",
    "Books",
    "FreeRule",
    "Learned",
    "Piece",
    "RefusedRow",
    "Service",
    "Shipment",
    "ShippingOption",
    "Size",
    "StoreBook",
    "Tariff",
    "TariffRow",
    "Why",
    "Zone",
    "actual_grams",
    "default_service",
    "on_time_promise",
    "options",
    "ships",
]
