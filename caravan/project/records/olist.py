"""Olist: orders of a real Brazilian marketplace, 2016 to 2018 (Olist, CC BY-NC-SA 4.0: non-commercial).

An order of several sellers becomes an order per store under one purchase, which carries its payments added up. A product two
sellers offer is a listing of each. A review belongs to the order's first line; it is kept where the order was delivered.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from caravan.catalog.rules.history import PastProduct, PastVariant, PastWords, variant_id, version_id
from caravan.kernel.copying import record_id
from caravan.kernel.money import Money
from caravan.people.rules.history import PastBuyer
from caravan.project.records.tally import Tally
from caravan.reputation.rules.history import PastFeedback
from caravan.stores.rules.history import PastStore
from caravan.trade.rules.history import PastLine, PastOrder, PastPurchase

SOURCE = "olist"
BRAZIL = ZoneInfo("America/Sao_Paulo")
BEFORE_ALL = datetime(2016, 9, 1, tzinfo=UTC)

EuroCents = Callable[[datetime, int], int]
Record = dict[str, str]


@dataclass(slots=True)
class Olist:
    """Reads the folder whole (14,510 orders are small); every row of orders, items, payments and reviews is counted."""

    folder: Path
    euro_cents: EuroCents
    usd_cents: EuroCents
    orders_read: Tally = field(default_factory=lambda: Tally("orders"))
    items_read: Tally = field(default_factory=lambda: Tally("order items (price + freight)", "BRL"))
    payments_read: Tally = field(default_factory=lambda: Tally("payments", "BRL"))
    reviews_read: Tally = field(default_factory=lambda: Tally("reviews"))
    _orders: dict[str, Record] = field(default_factory=dict)
    _items: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    _paid: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _customers: dict[str, Record] = field(default_factory=dict)
    _sellers: dict[str, Record] = field(default_factory=dict)
    _products: dict[str, Record] = field(default_factory=dict)
    _english: dict[str, str] = field(default_factory=dict)

    @property
    def tallies(self) -> list[Tally]:
        return [self.orders_read, self.items_read, self.payments_read, self.reviews_read]

    def survey(self) -> None:
        """Read everything but the reviews and decide about each order, item and payment."""
        self._customers = {r["customer_id"]: r for r in self._rows("olist_customers_dataset")}
        self._sellers = {r["seller_id"]: r for r in self._rows("olist_sellers_dataset")}
        self._products = {r["product_id"]: r for r in self._rows("olist_products_dataset")}
        translation = self._rows("product_category_name_translation")
        self._english = {r["product_category_name"]: r["product_category_name_english"] for r in translation}
        placed = {r["order_id"]: r for r in self._rows("olist_orders_dataset")}
        for item in self._rows("olist_order_items_dataset"):
            self._survey_item(item, placed)
        for order_id, order in placed.items():
            if order_id in self._items:
                self._orders[order_id] = order
                self.orders_read.accept()
            else:
                self.orders_read.refuse(f"no items ({order['order_status']})")
        for payment in self._rows("olist_order_payments_dataset"):
            self._survey_payment(payment)

    def _survey_item(self, item: Record, placed: dict[str, Record]) -> None:
        money = Decimal(item["price"]) + Decimal(item["freight_value"])
        if item["order_id"] not in placed:
            self.items_read.refuse("item of an unknown order", money)
        elif Decimal(item["price"]) <= 0:
            self.items_read.refuse("no price", money)
        elif money != round(money, 2):
            self.items_read.refuse("amount finer than a centavo", money)
        else:
            self.items_read.accept(money)
            self._items[item["order_id"]].append(item)

    def _survey_payment(self, payment: Record) -> None:
        money = Decimal(payment["payment_value"])
        if payment["order_id"] not in self._orders:
            self.payments_read.refuse("payment of an order that was not kept", money)
        elif payment["payment_type"] == "not_defined":
            self.payments_read.refuse("no means of payment", money)
        else:
            self.payments_read.accept(money)
            self._paid[payment["order_id"]] += _cents(payment["payment_value"])

    def stores(self) -> Iterator[PastStore]:
        opened: dict[str, datetime] = {}
        for order_id, items in self._items.items():
            at = _instant(self._orders[order_id]["order_purchase_timestamp"]) or BEFORE_ALL
            for item in items:
                opened[item["seller_id"]] = min(at, opened.get(item["seller_id"], at))
        for seller, at in opened.items():
            city = self._sellers[seller]["seller_city"].title() if seller in self._sellers else "Brasil"
            yield PastStore(
                id=record_id(SOURCE, "store", seller), source=SOURCE, ref=seller, slug=f"olist-{seller[:12]}",
                name=f"{city} {seller[:6]}", country="BR", currency="BRL", language="pt", zone="America/Sao_Paulo", opened_at=at,
            )  # fmt: skip

    def categories(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """(slug, names by language) of each category in use."""
        for own in sorted({self._category(item["product_id"]) for items in self._items.values() for item in items}):
            english = self._english.get(own, own).replace("_", " ").capitalize()
            yield own.replace("_", "-"), (("pt", own.replace("_", " ").capitalize()), ("en", english))

    def buyers(self) -> Iterator[PastBuyer]:
        seen: set[str] = set()
        for order in self._orders.values():
            person = self._customers[order["customer_id"]]["customer_unique_id"]
            if person not in seen:
                seen.add(person)
                yield PastBuyer(
                    id=record_id(SOURCE, "buyer", person), source=SOURCE, ref=person, name="", country="BR",
                    created_at=_instant(order["order_purchase_timestamp"]) or BEFORE_ALL,
                )  # fmt: skip

    def products(self, category_ids: dict[str, UUID]) -> Iterator[PastProduct]:
        """`category_ids` by the slugs of `categories`."""
        latest: dict[tuple[str, str], tuple[datetime, datetime, int]] = {}
        for order_id, items in self._items.items():
            at = _instant(self._orders[order_id]["order_purchase_timestamp"]) or BEFORE_ALL
            for item in items:
                key = (item["seller_id"], item["product_id"])
                first, last, price = latest.get(key, (at, BEFORE_ALL, 0))
                latest[key] = (min(first, at), max(last, at), _cents(item["price"]) if at >= last else price)
        for (seller, product), (first, _, price) in latest.items():
            facts = self._products.get(product, {})
            own = self._category(product)
            yield PastProduct(
                id=_product_id(seller, product),
                store_id=record_id(SOURCE, "store", seller),
                category_id=category_ids[own.replace("_", "-")],
                ref=product,
                slug=f"{own.replace('_', '-')}-{product[:8]}",
                words=tuple(_words(own, self._english.get(own, own), facts, product)),
                variants=(PastVariant(sku=product, price=Money(price, "BRL"), stock=20),),
                published_at=first,
                weight_grams=int(float(facts.get("product_weight_g") or 0)),
                sides=_sides(facts),
                origin="BR",
            )

    def purchases(self) -> Iterator[PastPurchase]:
        for order_id, order in self._orders.items():
            paid_at = _paid_at(order) if order_id in self._paid else None
            yield PastPurchase(
                id=record_id(SOURCE, "purchase", order_id),
                source=SOURCE,
                ref=order_id,
                buyer_id=self._buyer_id(order),
                total_minor=sum(_cents(i["price"]) + _cents(i["freight_value"]) for i in self._items[order_id]),
                paid_minor=self._paid.get(order_id, 0),
                currency="BRL",
                placed_at=_instant(order["order_purchase_timestamp"]) or BEFORE_ALL,
                paid_at=paid_at,
                refunded=order["order_status"] in ("canceled", "unavailable"),
            )

    def orders(self) -> Iterator[PastOrder]:
        for order_id, order in self._orders.items():
            by_seller: dict[str, list[Record]] = defaultdict(list)
            for item in self._items[order_id]:
                by_seller[item["seller_id"]].append(item)
            for n, (seller, items) in enumerate(by_seller.items()):
                yield self._order(order_id, order, seller, items, n)

    def _order(self, order_id: str, order: Record, seller: str, items: list[Record], n: int) -> PastOrder:
        placed = _instant(order["order_purchase_timestamp"]) or BEFORE_ALL
        paid = _paid_at(order) if order_id in self._paid else None
        shipped = _instant(order["order_delivered_carrier_date"]) if paid else None
        received = _instant(order["order_delivered_customer_date"]) if shipped else None
        cancelled = placed if order["order_status"] in ("canceled", "unavailable") and not received else None
        freight = sum(_cents(i["freight_value"]) for i in items)
        return PastOrder(
            id=_order_id(order_id, seller),
            source=SOURCE,
            ref=f"{order_id}/{n}" if n else order_id,
            number=f"OL-{order_id[:14]}-{n}",
            purchase_id=record_id(SOURCE, "purchase", order_id),
            store_id=record_id(SOURCE, "store", seller),
            buyer_id=self._buyer_id(order),
            market="BR",
            language="pt",
            currency="BRL",
            store_currency="BRL",
            rate=Decimal(1),
            shipping_minor=freight,
            shipping_eur_minor=self.euro_cents(placed, freight),
            lines=tuple(self._line(order_id, seller, item, placed) for item in items),
            placed_at=placed,
            paid_at=paid,
            shipped_at=shipped,
            received_at=max(received, shipped) if received and shipped else None,
            cancelled_at=cancelled,
            refunded_at=(paid if cancelled else None),
        )

    def _line(self, order_id: str, seller: str, item: Record, at: datetime) -> PastLine:
        product_id = _product_id(seller, item["product_id"])
        own = self._category(item["product_id"])
        price = _cents(item["price"])
        return PastLine(
            id=_line_id(order_id, item["order_item_id"]),
            product_id=product_id,
            variant_id=variant_id(product_id, item["product_id"]),
            version_id=version_id(product_id),
            title=next(_words(own, own, self._products.get(item["product_id"], {}), item["product_id"])).title,
            sku=item["product_id"],
            quantity=1,
            unit_minor=price,
            eur_minor=self.euro_cents(at, price),
        )

    def feedback(self) -> Iterator[PastFeedback]:
        """Reads the reviews: the newest of an order that was delivered counts."""
        reviewed: set[str] = set()
        for review in sorted(self._rows("olist_order_reviews_dataset"), key=lambda r: r["review_creation_date"], reverse=True):
            order = self._orders.get(review["order_id"])
            if order is None:
                self.reviews_read.refuse("review of an order that was not kept")
            elif not order["order_delivered_customer_date"]:
                self.reviews_read.refuse("review of an order that was not delivered")
            elif review["order_id"] in reviewed:
                self.reviews_read.refuse("an older review of the same order")
            else:
                reviewed.add(review["order_id"])
                self.reviews_read.accept()
                yield self._feedback(review, order)

    def _feedback(self, review: Record, order: Record) -> PastFeedback:
        items = self._items[review["order_id"]]
        first = items[0]
        product_id = _product_id(first["seller_id"], first["product_id"])
        own = sum(_cents(i["price"]) + _cents(i["freight_value"]) for i in items if i["seller_id"] == first["seller_id"])
        at = _instant(review["review_creation_date"]) or BEFORE_ALL
        return PastFeedback(
            id=record_id(SOURCE, "feedback", review["order_id"]),
            line_id=_line_id(review["order_id"], first["order_item_id"]),
            order_id=_order_id(review["order_id"], first["seller_id"]),
            store_id=record_id(SOURCE, "store", first["seller_id"]),
            buyer_id=self._buyer_id(order),
            product_id=product_id,
            version_id=version_id(product_id),
            market="BR",
            language="pt",
            stars=int(review["review_score"]),
            created_at=at,
            order_usd_minor=self.usd_cents(at, own),
        )

    def _buyer_id(self, order: Record) -> UUID:
        return record_id(SOURCE, "buyer", self._customers[order["customer_id"]]["customer_unique_id"])

    def _category(self, product: str) -> str:
        return self._products.get(product, {}).get("product_category_name") or "outros"

    def _rows(self, name: str) -> Iterator[Record]:
        with gzip.open(self.folder / f"{name}.csv.gz", "rt", encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)


def _paid_at(order: Record) -> datetime | None:
    return _instant(order["order_approved_at"]) or _instant(order["order_purchase_timestamp"])


def _words(own: str, english: str, facts: Record, product: str) -> Iterator[PastWords]:
    """The data has no titles: what kind of thing, how heavy, how big, and enough of its id to tell it from others."""
    size = " × ".join(facts[f"product_{side}_cm"] for side in ("length", "height", "width") if facts.get(f"product_{side}_cm"))
    measures = ", ".join(
        filter(None, [f"{facts['product_weight_g']} g" if facts.get("product_weight_g") else "", size and f"{size} cm"])
    )
    for language, kind in (("pt", own), ("en", english)):
        yield PastWords(language=language, title=f"{kind.replace('_', ' ').capitalize()}, {measures or '—'} ({product[:6]})")


def _sides(facts: Record) -> tuple[int, int, int]:
    length, width, height = (round(10 * float(facts.get(f"product_{side}_cm") or 0)) for side in ("length", "width", "height"))
    return length, width, height


def _product_id(seller: str, product: str) -> UUID:
    return record_id(SOURCE, "product", seller, product)


def _order_id(order: str, seller: str) -> UUID:
    return record_id(SOURCE, "order", order, seller)


def _line_id(order: str, item: str) -> UUID:
    return record_id(SOURCE, "line", order, item)


def _cents(amount: str) -> int:
    return int((Decimal(amount) * 100).to_integral_value())


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=BRAZIL) if text else None
