"""What an invoice, a credit note and a packing slip say. An invoice is kept whole as it was issued: names may change later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

PaperKind = Literal["invoice", "credit_note"]
_PREFIX: dict[str, str] = {"invoice": "INV", "credit_note": "CN"}


def paper_name(kind: str, number: int) -> str:
    """The number as it is printed: INV-000017, CN-000003."""
    return f"{_PREFIX[kind]}-{number:06d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Seller or buyer. `lines`: the address as its country writes it; `tax_number` as the seller gave it, or empty."""

    name: str
    lines: tuple[str, ...]
    tax_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """Amounts in minor units of the paper's currency. `origin` ISO country, `hs_code` digits; empty where nobody said.
    `options` says in words which of the product's articles it is, where there are several."""

    title: str
    sku: str
    quantity: int
    unit_minor: int
    total_minor: int
    tax_minor: int = 0
    hs_code: str = ""
    origin: str = ""
    options: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxLine:
    """A tax or duty of the order as a whole: what it is called with its rate, in the paper's language, and its amount."""

    name: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Amounts in minor units of `currency`. `rate` is what one unit of `store_currency` was worth in it, frozen at placing.

    `taxes` are what makes up `tax_minor`, which the market collected; none where that is not known one by one. `contained` are in
    the prices already, `on_arrival_minor` is asked for by the carrier: neither is part of the total.
    """

    order_number: str
    placed_on: date
    language: str
    currency: str
    seller: Party
    buyer: Party
    lines: tuple[PaperLine, ...]
    items_minor: int
    shipping_minor: int
    tax_minor: int
    total_minor: int
    store_currency: str
    rate: str
    taxes: tuple[TaxLine, ...] = ()
    contained: tuple[TaxLine, ...] = ()
    on_arrival_minor: int = 0
    rate_source: str = ""
    rate_as_of: str = ""
    paid_on: date | None = None
    reason: str = ""
    of_invoice: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper:
    """`number` counts per store and kind, without gaps."""

    kind: PaperKind
    number: int
    issued_at: datetime
    paper: Paper

    @property
    def name(self) -> str:
        return paper_name(self.kind, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    title: str
    sku: str
    quantity: int
    options: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What lies in the parcel beside the goods: no prices. `language` is the buyer's."""

    order_number: str
    placed_on: date
    language: str
    store_name: str
    country: str
    to: Party
    phone: str
    lines: tuple[SlipLine, ...]
    service: str = ""
    note: str = ""
