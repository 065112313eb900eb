"""The demo world into the tables, through the actions that load any records of the past.

Every stage may be repeated: ids come from the world, what stands is left alone, a day of trade is one transaction. Killed at any
instruction, the next load goes on with the same world.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from caravan.catalog.actions.history import record_attribute, record_category, record_products
from caravan.catalog.queries.categories import forget
from caravan.catalog.queries.pictures import pictures
from caravan.kernel.errors import Conflict
from caravan.people.actions.history import record_buyers
from caravan.project.demo import gallery, journal, living
from caravan.project.demo.content import labels
from caravan.project.demo.content.catalogue import Leaf, product_types, usual_hs_codes
from caravan.project.demo.content.text import Text
from caravan.project.demo.drawing import logo
from caravan.project.demo.journal import Journal
from caravan.project.demo.shoppers.carrier import NAME
from caravan.project.demo.sign_ins import set_up
from caravan.project.demo.world import Day, Picture, World
from caravan.project.demo.world.shops import SOURCE, store_id
from caravan.reputation.actions import refresh_all
from caravan.reputation.actions.history import record_feedback
from caravan.shipping.queries import carriers
from caravan.signals.actions import write as write_signals
from caravan.signals.queries import is_stored
from caravan.stores.actions.history import record_stores
from caravan.stores.actions.logo import keep_logo
from caravan.stores.queries.stores import stores_by_ids
from caravan.trade.actions.history import record_orders, record_purchases, record_refunds
from caravan.trade.actions.past_funds import record_funds
from caravan.trade.actions.past_parcels import record_parcels
from caravan.trade.actions.rates import refresh_rates
from caravan.trade.queries.rates import rates_on

T = TypeVar("T")
Progress = Callable[[str, int, int], None]  # (stage, done, total)

SEED = 2024
LOCK = 7_203_551_868  # any number nobody else locks
PRODUCTS_AT_ONCE, BUYERS_AT_ONCE = 200, 2_000
PAID_OUT_TO = "sandbox-ok"


def open_world(*, scale: float, at: datetime, seed: int = SEED) -> World:
    """The demo world of this installation: the one begun earlier, else a new one that ends at `at`.

    Raises Conflict where the tables hold another world than the one asked for.
    """
    refresh_rates(since=at.date() - timedelta(days=400))
    with _alone():
        told = journal.read()
        if not _is_there():
            told = Journal(seed, scale, at)
            journal.write(told)
    if told is None:
        raise Conflict("demo.unknown", f"The database holds a demo world, but {journal.path()}, which says which, is gone.")
    if (told.seed, told.scale) != (seed, scale):
        raise Conflict("demo.other", f"The database holds a demo world of scale {told.scale:g}, seed {told.seed}.")
    return World(told.seed, told.scale, told.ends_at, rates_on(told.ends_at.date()))


def is_loaded() -> bool:
    """Whether a whole world is in the tables."""
    told = journal.read()
    return told is not None and STAGES.keys() <= set(told.done) and _is_there()


def load(world: World, progress: Progress) -> None:
    """Bring the tables to what `world` (from `open_world`) says; what is done already is not done again.

    Rankings and search are refreshed after it. Raises Conflict while another process loads.
    """
    with _alone():
        told = journal.read()
        if told is None or (told.seed, told.scale, told.ends_at) != (world.seed, world.scale, world.ends_at):
            raise Conflict("demo.other", "Another demo world was opened meanwhile. Start again.")
        for stage, run in STAGES.items():
            if stage not in told.done:
                told = run(world, told, partial(progress, stage)).stage_done(stage)
                journal.write(told)


@contextmanager
def _alone() -> Iterator[None]:
    """One load at a time, whoever started it. The lock goes with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Conflict("demo.loading", "Another process is loading the demo world. Wait for it to finish.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _is_there() -> bool:
    return bool(stores_by_ids([store_id(1)]))


Report = Callable[[int, int], None]


def _categories(world: World, told: Journal, report: Report) -> Journal:
    departments, codes = world.departments(), usual_hs_codes()
    _goods_attribute("color", labels.colours(), position=1, is_option=True)
    _goods_attribute("material", labels.materials(), position=3)
    for n, department in enumerate(departments, start=1):
        record_category(path=department.path, names=department.name.pairs(), position=n)
        for m, leaf in enumerate(department.leaves, start=1):
            record_category(path=leaf.path, names=leaf.name.pairs(), position=m, hs_code=codes.get(leaf.path, ""))
            for code, values in _options(leaf).items():
                _goods_attribute(code, values, path=leaf.path, position=2, is_option=True)
        report(n, len(departments))
    forget()
    return told


def _goods_attribute(code: str, values: Iterable[Text], *, position: int, path: str = "", is_option: bool = False) -> None:
    named = {value.en: value.pairs() for value in values}
    record_attribute(
        code=code, names=labels.attribute(code).pairs(), values=tuple(named.items()), path=path,
        is_option=is_option, position=position,
    )  # fmt: skip


def _options(leaf: Leaf) -> dict[str, list[Text]]:
    """The sizes and figures that goods of the leaf come in."""
    found: dict[str, list[Text]] = {}
    for kind in product_types():
        if kind.leaf == leaf and kind.sizes:
            found.setdefault("size", []).extend(labels.sizes(kind.sizes))
        if kind.leaf == leaf and kind.spec:
            found.setdefault(kind.spec.code, []).extend(labels.figures(kind.spec))
    return found


def _stores(world: World, told: Journal, report: Report) -> Journal:
    record_stores(stores=list(world.stores()))
    has_logo = {store.id for store in stores_by_ids(shop.id for shop in world.shops).values() if store.logo}
    for n, shop in enumerate(world.shops, start=1):
        if shop.id not in has_logo:
            keep_logo(store_id=shop.id, file=BytesIO(logo(shop.number)), at=world.ends_at)
        report(n, len(world.shops))
    return told


def _pictures(world: World, told: Journal, report: Report) -> Journal:
    ids = gallery.hang(world.pictures(), report)
    return replace(told, pictures={_key(picture): str(id) for picture, id in ids.items()})


def _products(world: World, told: Journal, report: Report) -> Journal:
    paths = [leaf for department in world.departments() for leaf in department.leaves]
    categories = {leaf.path: record_category(path=leaf.path, names=()).pk for leaf in paths}
    ids = {picture: UUID(told.pictures[_key(picture)]) for picture in world.pictures() if _key(picture) in told.pictures}
    kept = pictures(ids.values())
    ids = {picture: id for picture, id in ids.items() if id in kept}
    done = 0
    for batch in _batches(world.products(categories, ids), PRODUCTS_AT_ONCE):
        record_products(products=batch, at=world.ends_at)
        report(done := done + len(batch), world.sizes.products)
    return told


def _buyers(world: World, told: Journal, report: Report) -> Journal:
    done = 0
    for batch in _batches(world.buyers(), BUYERS_AT_ONCE):
        record_buyers(buyers=batch)
        report(done := done + len(batch), world.sizes.buyers)
    return told


DAYS_AHEAD = 3
SURVEYED = (2, 10, 40)  # days after which the planner is told how the tables have grown


def _days(world: World, told: Journal, report: Report) -> Journal:
    is_first = True
    for day in _ahead(world, told.days):
        # Signals have no ids to be known by: only the day a kill may have cut off from the journal is looked for.
        if not (is_first and day.sightings and is_stored(day.sightings[0])):
            _record(day)
        is_first = False
        if day.number in SURVEYED:
            _analyze()
        journal.write(told := replace(told, days=day.number + 1))
        report(told.days, world.calendar_days)
    return told


def _ahead(world: World, skip: int) -> Iterator[Day]:
    """The days of the world, made by a process of their own while those before them are in the database's hands."""
    told = (world.seed, world.scale, world.ends_at, world.rates, skip)
    # Spawned, not forked: this process holds a database connection.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=living.begin, initargs=told) as pool:
        coming = deque(pool.submit(living.next_day) for _ in range(DAYS_AHEAD))
        while (day := coming.popleft().result()) is not None:
            coming.append(pool.submit(living.next_day))
            yield day


def _record(day: Day) -> None:
    with transaction.atomic():
        record_purchases(purchases=day.purchases)
        record_orders(orders=day.orders)
        record_refunds(refunds=day.refunds)
        record_feedback(feedback=day.feedback)
        write_signals(day.sightings)


def _funds(world: World, told: Journal, report: Report) -> Journal:
    record_funds(source=SOURCE, paid_out_to=PAID_OUT_TO)
    report(1, 1)
    return told


def _parcels(world: World, told: Journal, report: Report) -> Journal:
    at_home: dict[str, str] = {}
    for known in carriers():
        at_home.setdefault(known.country, known.name)
    record_parcels(source=SOURCE, carriers=at_home, otherwise=NAME)
    report(1, 1)
    return told


def _accounts(world: World, told: Journal, report: Report) -> Journal:
    people = set_up(world)
    report(len(people), len(people))
    return told


def _standing(world: World, told: Journal, report: Report) -> Journal:
    refresh_all(at=world.ends_at)
    _analyze()
    report(1, 1)
    return told


def _analyze() -> None:
    """So many rows come at once that the planner would go on reading whole tables, for each foreign key too."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


STAGES: dict[str, Callable[[World, Journal, Report], Journal]] = {
    "categories": _categories,
    "stores": _stores,
    "pictures": _pictures,
    "products": _products,
    "buyers": _buyers,
    "days": _days,
    "funds": _funds,
    "parcels": _parcels,
    "accounts": _accounts,
    "standing": _standing,
}


def _key(picture: Picture) -> str:
    return f"{picture.art}/{picture.colour}/{picture.view}"


def _batches(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(rows, size)):
        yield batch
