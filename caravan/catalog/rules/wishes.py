"""When something wished for is worth a word."""

from __future__ import annotations

from enum import StrEnum

from caravan.kernel.money import Money

LEAST_PERCENT = 1  # a smaller drop is told to nobody


class Alert(StrEnum):
    PRICE_DROP = "price_drop"
    BACK_IN_STOCK = "back_in_stock"


def alert(seen: Money, price: Money, *, was_in_stock: bool, is_in_stock: bool) -> Alert | None:
    """What to tell of goods whose price was last `seen`: nothing while they cannot be bought."""
    if not is_in_stock:
        return None
    if not was_in_stock:
        return Alert.BACK_IN_STOCK
    dropped = (seen - price).minor * 100 >= seen.minor * LEAST_PERCENT
    return Alert.PRICE_DROP if price < seen and dropped else None
