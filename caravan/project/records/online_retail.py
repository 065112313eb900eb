"""UCI Online Retail: every invoice line of a British mail-order shop, December 2010 to December 2011 (UCI, CC BY 4.0).

One seller, so one store. An invoice becomes an order that was paid and shipped when it was invoiced. A line of a
cancellation (invoice "C...", negative quantity) becomes a refund of that customer's latest purchases of the same article at
the same price; one that fits none is refused. An invoice without a customer is a buyer of its own.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, TextIO
from uuid import UUID
from zoneinfo import ZoneInfo

from caravan.catalog.rules.history import PastProduct, PastVariant, PastWords, variant_id, version_id
from caravan.kernel.copying import record_id
from caravan.kernel.money import Money
from caravan.people.rules.history import PastBuyer
from caravan.project.records.tally import Tally
from caravan.stores.rules.history import PastStore
from caravan.trade.rules.history import PastLine, PastOrder, PastRefund

SOURCE = "online-retail"
LONDON = ZoneInfo("Europe/London")
GOODS = re.compile(r"\d{5}|DCGS\d")
COUNTRIES = {
    "United Kingdom": "GB", "Germany": "DE", "France": "FR", "EIRE": "IE", "Spain": "ES", "Netherlands": "NL",
    "Belgium": "BE", "Switzerland": "CH", "Portugal": "PT", "Australia": "AU", "Norway": "NO", "Italy": "IT",
    "Channel Islands": "JE", "Finland": "FI", "Cyprus": "CY", "Sweden": "SE", "Austria": "AT", "Denmark": "DK",
    "Japan": "JP", "Poland": "PL", "Israel": "IL", "USA": "US", "Hong Kong": "HK", "Singapore": "SG", "Iceland": "IS",
    "Canada": "CA", "Greece": "GR", "Malta": "MT", "United Arab Emirates": "AE", "RSA": "ZA", "Lebanon": "LB",
    "Lithuania": "LT", "Brazil": "BR", "Czech Republic": "CZ", "Bahrain": "BH", "Saudi Arabia": "SA",
}  # fmt: skip

STORE = PastStore(
    id=record_id(SOURCE, "store"), source=SOURCE, ref="online-retail", slug="online-retail", name="Online Retail (UCI)",
    country="GB", currency="GBP", language="en", zone="Europe/London", opened_at=datetime(2010, 12, 1, tzinfo=UTC),
    description="Gifts for all occasions, by mail order. Real invoices of 2010 and 2011.",
)  # fmt: skip


class Row(NamedTuple):
    invoice: str
    code: str
    description: str
    quantity: int
    at: datetime
    price: Decimal
    customer: str
    country: str

    @property
    def money(self) -> Decimal:
        return self.price * self.quantity


class _Open(NamedTuple):
    """A bought line that may still be given back."""

    line_id: UUID
    order_id: UUID


@dataclass(slots=True)
class _Article:
    title: str
    price: int
    since: datetime


EuroCents = Callable[[datetime, int], int]


@dataclass(slots=True)
class OnlineRetail:
    """Reads the file twice: for articles and buyers, then for the orders. `euro_cents(at, pence)` converts at the day's rate."""

    path: Path
    category_id: UUID
    euro_cents: EuroCents
    tally: Tally = field(default_factory=lambda: Tally("Online Retail", "GBP"))
    rows_total: int = 0
    _articles: dict[str, _Article] = field(default_factory=dict)
    _buyers: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    _wanted_back: set[tuple[str, str, Decimal]] = field(default_factory=set)
    _bought: dict[tuple[str, str, Decimal], list[_Open]] = field(default_factory=lambda: defaultdict(list))
    _left: dict[UUID, int] = field(default_factory=dict)
    _refunds: dict[UUID, PastRefund] = field(default_factory=dict)

    def survey(self) -> None:
        """The first reading."""
        for row in self.rows():
            self.rows_total += 1
            if _why_not(row):
                continue
            if row.quantity < 0:
                self._wanted_back.add((row.customer, row.code, row.price))
                continue
            pence = int(row.price * 100)
            known = self._articles.setdefault(row.code, _Article(_title(row.description), pence, row.at))
            known.price = pence  # what it cost last is what it costs
            self._buyers.setdefault(_buyer_ref(row), (row.at, COUNTRIES[row.country]))

    def buyers(self) -> Iterator[PastBuyer]:
        for ref, (at, country) in self._buyers.items():
            yield PastBuyer(id=_buyer_id(ref), source=SOURCE, ref=ref, name="", country=country, created_at=at)

    def products(self) -> Iterator[PastProduct]:
        for code, article in self._articles.items():
            yield PastProduct(
                id=_product_id(code),
                store_id=STORE.id,
                category_id=self.category_id,
                ref=code,
                slug=re.sub(r"[^a-z0-9]+", "-", f"{article.title} {code}".lower()).strip("-"),
                words=(PastWords(language="en", title=article.title),),
                variants=(PastVariant(sku=code, price=Money(article.price, "GBP"), stock=100),),
                published_at=article.since,
                origin="GB",
            )

    def orders(self) -> Iterator[PastOrder]:
        """The second reading: counts every row, yields every invoice with a line to keep."""
        for invoice, rows in groupby(self.rows(), key=attrgetter("invoice")):
            kept = [row for row in rows if self._keep(row)]
            if kept:
                yield self._order(invoice, kept)

    def refunds(self) -> list[PastRefund]:
        """What each line has given back in all; complete once `orders` is through."""
        return list(self._refunds.values())

    def rows(self) -> Iterator[Row]:
        with _open(self.path) as file:
            reader = csv.reader(file)
            next(reader)
            for invoice, code, description, quantity, at, price, customer, country in reader:
                person = customer.removesuffix(".0")
                yield Row(invoice, code.upper(), description, int(quantity), _instant(at), _price(price), person, country)

    def _keep(self, row: Row) -> bool:
        """Whether the row is a line of an order; counts it either way, and books a refund."""
        reason = _why_not(row)
        if not reason and row.quantity < 0:
            reason = "" if self._give_back(row) else "cancellation of more than was bought before"
        if reason:
            self.tally.refuse(reason, row.money)
            return False
        self.tally.accept(row.money)
        return row.quantity > 0

    def _give_back(self, row: Row) -> bool:
        bought = self._bought[row.customer, row.code, row.price]
        back = -row.quantity
        if sum(self._left[line.line_id] for line in bought) < back:
            return False
        for line in reversed(bought):
            pieces = min(back, self._left[line.line_id])
            if pieces:
                self._left[line.line_id] -= pieces
                self._book(line, pieces, int(row.price * 100), row.at)
                back -= pieces
        return True

    def _book(self, line: _Open, pieces: int, pence: int, at: datetime) -> None:
        before = self._refunds.get(line.line_id)
        quantity = pieces + (before.quantity if before else 0)
        self._refunds[line.line_id] = PastRefund(
            line_id=line.line_id, order_id=line.order_id, quantity=quantity, minor=quantity * pence, at=at
        )

    def _order(self, invoice: str, rows: list[Row]) -> PastOrder:
        first = rows[0]
        order_id = record_id(SOURCE, "order", invoice, first.at.isoformat())
        return PastOrder(
            id=order_id,
            source=SOURCE,
            ref=f"{invoice}@{first.at:%Y%m%d%H%M}",
            number=f"OR-{invoice}-{first.at:%H%M}",
            store_id=STORE.id,
            buyer_id=_buyer_id(_buyer_ref(first)),
            market=COUNTRIES[first.country],
            currency="GBP",
            store_currency="GBP",
            rate=Decimal(1),
            shipping_minor=0,
            shipping_eur_minor=0,
            lines=tuple(self._line(order_id, n, row) for n, row in enumerate(rows)),
            placed_at=first.at,
            paid_at=first.at,
            shipped_at=first.at,
        )

    def _line(self, order_id: UUID, n: int, row: Row) -> PastLine:
        product_id = _product_id(row.code)
        pence = int(row.price * 100)
        line = PastLine(
            id=UUID(int=order_id.int ^ (n + 1)),  # the order's id is a hash; its lines count on from it
            product_id=product_id,
            variant_id=_variant_id(row.code),
            version_id=_version_id(row.code),
            title=_title(row.description),
            sku=row.code,
            quantity=row.quantity,
            unit_minor=pence,
            eur_minor=self.euro_cents(row.at, pence * row.quantity),
        )
        key = (row.customer, row.code, row.price)
        if row.customer and key in self._wanted_back:
            self._bought[key].append(_Open(line.id, order_id))
            self._left[line.id] = row.quantity
        return line


def _why_not(row: Row) -> str:
    """Why a row can be no part of the market, or an empty string."""
    if row.price < 0:
        return "negative price (an adjustment of the books)"
    if row.price == 0:
        return "no price (a stock note or a gift)"
    if not GOODS.match(row.code):
        return "not goods (postage, fees, discounts, vouchers, manual entries)"
    if row.price != round(row.price, 2):
        return "price finer than a penny"
    if row.country not in COUNTRIES:
        return "no country"
    if row.quantity < 0 and not row.customer:
        return "cancellation without a customer"
    return ""


def _buyer_ref(row: Row) -> str:
    return row.customer or f"invoice {row.invoice}"


def _buyer_id(ref: str) -> UUID:
    return record_id(SOURCE, "buyer", ref)


# Four thousand articles and twenty thousand instants come again and again in half a million rows.


@cache
def _product_id(code: str) -> UUID:
    return record_id(SOURCE, "product", code)


@cache
def _variant_id(code: str) -> UUID:
    return variant_id(_product_id(code), code)


@cache
def _version_id(code: str) -> UUID:
    return version_id(_product_id(code))


@cache
def _title(description: str) -> str:
    words = " ".join(description.split())
    return words.capitalize() if words.isupper() else words or "Untitled"


@cache
def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@cache
def _price(text: str) -> Decimal:
    return Decimal(text)


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")
