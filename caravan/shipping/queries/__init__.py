from caravan.shipping.queries.books import books_of, forget_books, platform_book, store_books
from caravan.shipping.queries.stores import FreeRow, ZoneRow, free_of, platform_zones, table_days, table_of, zone_codes, zones_of
from caravan.shipping.rules.carriers import Carrier, carrier, carriers

__all__ = [
    "Carrier",
    "FreeRow",
    "ZoneRow",
    "books_of",
    "carrier",
    "carriers",
    "forget_books",
    "free_of",
    "platform_book",
    "platform_zones",
    "store_books",
    "table_days",
    "table_of",
    "zone_codes",
    "zones_of",
]
