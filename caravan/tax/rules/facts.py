"""What has to be known of a consignment to say what it costs where it lands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True)
class ConsignmentLine:
    """Goods of one kind. `value` is the price paid for all `quantity` pieces, without the destination's tax.

    `hs_code` (6 to 10 digits) and `origin` (ISO country of manufacture) are empty where nobody said. `customs` is the value for
    customs where the seller declared another than the price; the higher of the two counts. `by_category`: the code is the
    category's usual one, not the seller's own word.
    """

    value: Money
    hs_code: str
    origin: str
    quantity: int = 1
    customs: Money | None = None
    by_category: bool = False

    @property
    def worth(self) -> Money:
        """What customs take it for."""
        return max(self.value, self.customs) if self.customs else self.value


@dataclass(frozen=True, slots=True)
class ConsignmentFacts:
    """One parcel from a store to a buyer. `origin` is where it is sent from, `region` the state or province it goes to.

    `region` None: not known yet, so the highest of the country's rates is taken; "" or an unknown one is an unknown.
    All amounts are in `currency`. `grams` 0: not known.
    """

    origin: str
    destination: str
    currency: str
    lines: tuple[ConsignmentLine, ...]
    shipping: Money
    at: datetime
    region: str | None = None
    grams: int = 0
