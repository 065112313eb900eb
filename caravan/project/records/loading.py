"""Trade records into the market, in the order rows refer to each other. Every step may be repeated after a kill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import connection

from caravan.catalog.actions.history import record_category, record_products
from caravan.kernel.money import Money
from caravan.people.actions.history import record_buyers
from caravan.project.records.olist import SOURCE as OLIST
from caravan.project.records.olist import Olist
from caravan.project.records.online_retail import SOURCE as ONLINE_RETAIL
from caravan.project.records.online_retail import STORE, OnlineRetail
from caravan.project.records.tally import Tally
from caravan.reputation.actions.history import record_feedback
from caravan.stores.actions.history import record_stores
from caravan.trade.actions.history import record_orders, record_purchases, record_refunds
from caravan.trade.actions.rates import refresh_rates
from caravan.trade.queries.rates import rates_on
from caravan.trade.rules.history import PastOrder

Progress = Callable[[str, int, int], None]
T = TypeVar("T")

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """What the market holds of a source now, in minor units of its currency: the other side of the reconciliation."""

    orders: int
    lines: int
    items_minor: int
    shipping_minor: int
    refunded_minor: int
    first_day: date | None
    last_day: date | None


def load_online_retail(file: Path, *, at: datetime, progress: Progress) -> tuple[list[Tally], Standing]:
    """The whole file into one store. `progress` hears (step, done, total)."""
    progress("exchange rates", 0, 1)
    refresh_rates(since=date(2010, 11, 1))
    record_stores(stores=[STORE])
    category = record_category(path="gifts-homeware", names=(("en", "Gifts & homeware"), ("ru", "Подарки и дом"),
                               ("es", "Regalos y hogar"), ("pt", "Presentes e casa")))  # fmt: skip
    records = OnlineRetail(file, category.pk, _converter("GBP", "EUR"))
    progress("reading", 0, 1)
    records.survey()
    _in_batches(records.buyers(), lambda b: record_buyers(buyers=b), progress, "buyers")
    _in_batches(records.products(), lambda b: record_products(products=b, at=at), progress, "products")
    with _writer() as write:
        for orders in _batches(records.orders(), BATCH // 2):
            write(orders)
            progress("rows", records.tally.read.rows, records.rows_total)
    record_refunds(refunds=records.refunds())
    progress("rows", records.rows_total, records.rows_total)
    return [records.tally], standing(ONLINE_RETAIL)


def load_olist(folder: Path, *, at: datetime, progress: Progress) -> tuple[list[Tally], Standing]:
    """The whole folder: a store per seller. `progress` hears (step, done, total)."""
    progress("exchange rates", 0, 1)
    refresh_rates(since=date(2016, 8, 1))
    records = Olist(folder, _converter("BRL", "EUR"), _converter("BRL", "USD"))
    progress("reading", 0, 1)
    records.survey()
    record_stores(stores=list(records.stores()))
    categories = {slug: record_category(path=slug, names=names).pk for slug, names in records.categories()}
    _in_batches(records.buyers(), lambda b: record_buyers(buyers=b), progress, "buyers")
    _in_batches(records.products(categories), lambda b: record_products(products=b, at=at), progress, "products")
    _in_batches(records.purchases(), lambda b: record_purchases(purchases=b), progress, "payments")
    _in_batches(records.orders(), lambda b: record_orders(orders=b), progress, "orders")
    _in_batches(records.feedback(), lambda b: record_feedback(feedback=b), progress, "feedback")
    return records.tallies, standing(OLIST)


STANDING = """
SELECT count(*), (SELECT count(*) FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id WHERE o.source = %(source)s),
       coalesce(sum(items_minor), 0)::bigint, coalesce(sum(shipping_minor), 0)::bigint,
       (SELECT coalesce(sum(l.refunded_minor), 0)::bigint FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id
        WHERE o.source = %(source)s),
       min(placed_at)::date, max(placed_at)::date
FROM trade_order WHERE source = %(source)s
"""


def standing(source: str) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"source": source})
        return Standing(*cursor.fetchone())


@contextmanager
def _writer() -> Iterator[Callable[[list[PastOrder]], None]]:
    """Writes a batch of orders on a thread while the next one is read: the database and we have a core each."""
    waiting: Future[int] | None = None
    with ThreadPoolExecutor(max_workers=1) as thread:

        def write(orders: list[PastOrder]) -> None:
            nonlocal waiting
            if waiting:
                waiting.result()
            waiting = thread.submit(record_orders, orders=orders)

        try:
            yield write
            if waiting:
                waiting.result()
        finally:
            thread.submit(connection.close)


def _converter(base: str, quote: str) -> Callable[[datetime, int], int]:
    """Minor units of `base` into `quote`'s at the rate of the day."""

    @cache
    def rate_of(day: date) -> Callable[[int], int]:
        rate = rates_on(day).rate(base, quote)
        return cache(lambda minor: rate.convert(Money(minor, base)).minor)

    return lambda at, minor: rate_of(at.date())(minor)


def _in_batches(items: Iterable[T], write: Callable[[list[T]], object], progress: Progress, step: str) -> None:
    everything = list(items)
    for done, batch in enumerate(_batches(everything, BATCH), start=1):
        write(batch)
        progress(step, min(done * BATCH, len(everything)), len(everything))


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
