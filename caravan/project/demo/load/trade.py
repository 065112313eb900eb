"""Ninety days of visits and orders; the money and the parcels that came of them."""

from __future__ import annotations

from django.db import connection, transaction

from caravan.project.demo.journal import Journal
from caravan.project.demo.load.planner import analyze
from caravan.project.demo.shoppers.carrier import NAME
from caravan.project.demo.world import Day, World
from caravan.project.demo.world.shops import SOURCE
from caravan.reputation.actions.history import record_feedback
from caravan.shipping.queries import carriers
from caravan.signals.actions import write as write_signals
from caravan.signals.queries import is_stored
from caravan.trade.actions.history import record_orders, record_purchases, record_refunds
from caravan.trade.actions.past_funds import record_funds
from caravan.trade.actions.past_parcels import record_parcels

DAY_LOCK = 0xDA7  # the space of two-key advisory locks in which a day is one; any number nobody else uses
SURVEYED = (2, 10, 40)  # days after which the planner is told how the tables have grown
PAID_OUT_TO = "sandbox-ok"


def days(world: World, told: Journal) -> range:
    return range(world.calendar_days)


def live(world: World, number: int) -> None:
    """A day of the world, lived and written down."""
    day = world.day(number)
    with transaction.atomic(), connection.cursor() as cursor:
        # A process whose parent was killed may still be at this day, while the next load is.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DAY_LOCK, number])
        if not _stands(day):
            record_orders(orders=day.orders)
            record_refunds(refunds=day.refunds)
            record_feedback(feedback=day.feedback)
            write_signals(day.sightings)
    if number in SURVEYED:
        analyze()


def _stands(day: Day) -> bool:
    """Whether the day is in the tables already, whole as it was written; else its purchases are now."""
    if day.purchases:
        return record_purchases(purchases=day.purchases) == 0
    return bool(day.sightings) and is_stored(day.sightings[0])


def funds(world: World, piece: None) -> None:
    record_funds(source=SOURCE, paid_out_to=PAID_OUT_TO)


def parcels(world: World, piece: None) -> None:
    at_home: dict[str, str] = {}
    for known in carriers():
        at_home.setdefault(known.country, known.name)
    record_parcels(source=SOURCE, carriers=at_home, otherwise=NAME)
