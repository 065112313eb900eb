"""Which services bring a parcel to its buyer, at what price and when: one pure function for page, cart, checkout and order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from caravan.kernel.markets import Country
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.shipping.rules.free import FreeRule, earned, missing
from caravan.shipping.rules.learned import Learned
from caravan.shipping.rules.parcels import Piece, actual_grams, charged_grams, size_of
from caravan.shipping.rules.services import Service
from caravan.shipping.rules.tariffs import Charge, Tariff, charge, in_force
from caravan.shipping.rules.zones import Zone, zones_between

Route = tuple[str, str, str]  # origin, destination, service


@dataclass(frozen=True, slots=True)
class Shipment:
    """What one store sends one buyer. `items` is what they cost, in the buyer's currency; `handling_days` working days."""

    origin: Country
    destination: Country
    pieces: tuple[Piece, ...]
    items: Money
    handling_days: int


@dataclass(frozen=True, slots=True)
class StoreBook:
    """A store's own word: it stands before the platform's. `on_time_percent` of the items it gives back when late; 0: none."""

    tariffs: tuple[Tariff, ...] = ()
    zones: tuple[Zone, ...] = ()
    free: tuple[FreeRule, ...] = ()
    services: tuple[str, ...] = tuple(Service)
    on_time_percent: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """The platform's tables, zones and rules, and what past parcels taught."""

    tariffs: tuple[Tariff, ...] = ()
    zones: tuple[Zone, ...] = ()
    free: tuple[FreeRule, ...] = ()
    learned: Mapping[Route, Learned] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Books:
    """The platform's book, and those of the stores a basket is from."""

    platform: Book
    stores: Mapping[UUID, StoreBook] = field(default_factory=dict)

    def of(self, store_id: UUID) -> StoreBook:
        return self.stores.get(store_id) or StoreBook()


@dataclass(frozen=True, slots=True)
class Why:
    """Whose table ("store" or "platform") of which day, the zone it counts (its name: of a set of
    countries), and the grams it is asked for.

    `by_volume`: the room it takes counts, not its weight. `learned_from` so many parcels come the days; 0: as the table promises.
    """

    table: str
    since: date
    zone: str
    zone_name: str
    grams: int
    by_volume: bool
    parcels: int
    learned_from: int


@dataclass(frozen=True, slots=True)
class ShippingOption:
    """A service at `cost` in the buyer's currency, `days_min` to `days_max` days from payment, the seller's handling included.

    `full` is what it costs before a free-shipping rule, `payer` who pays that then; `free_at` so much more in the parcel.
    """

    service: str
    cost: Money
    full: Money
    payer: str
    free_at: Money | None
    days_min: int
    days_max: int
    why: Why

    @property
    def free(self) -> bool:
        return bool(self.payer)


def options(shipment: Shipment, own: StoreBook, book: Book, rates: RateTable, at: datetime) -> tuple[ShippingOption, ...]:
    """Every service the store offers for this parcel, cheapest kind first; none where no table carries it.

    A price is converted once, rounded half up. Raises `Invalid` for a currency without a rate.
    """
    zones = zones_between(shipment.origin, shipment.destination, own.zones, book.zones)
    found = (_option(service, shipment, zones, own, book, rates, at.date()) for service in Service if service in own.services)
    return tuple(option for option in found if option)


def _option(
    service: Service, shipment: Shipment, zones: tuple[str, ...], own: StoreBook, book: Book, rates: RateTable, day: date
) -> ShippingOption | None:
    grams, size = charged_grams(shipment.pieces, service), size_of(shipment.pieces)
    for owner, tariffs in (("store", own.tariffs), ("platform", book.tariffs)):
        tariff = in_force(tariffs, day)
        for zone in zones if tariff else ():
            assert tariff
            if priced := charge(tariff.lane(zone, service), size, grams, service):
                full = rates.convert(Money(priced.minor, tariff.currency), shipment.items.currency)
                rules = [rule for rule in (*own.free, *book.free) if rule.applies(zones, service, day)]
                paid = earned(rules, shipment.items, rates)
                learned = book.learned.get((shipment.origin.code, shipment.destination.code, service))
                early, late = _days(priced, learned, shipment.handling_days)
                return ShippingOption(
                    service=service.value,
                    cost=Money.zero(full.currency) if paid else full,
                    full=full,
                    payer=paid.payer if paid else "",
                    free_at=missing(rules, shipment.items, rates),
                    days_min=early,
                    days_max=late,
                    why=Why(
                        owner,
                        tariff.effective_from,
                        zone,
                        next((z.name for z in (*own.zones, *book.zones) if z.code == zone), ""),
                        grams,
                        grams > actual_grams(shipment.pieces),
                        priced.parcels,
                        learned.parcels if learned and learned.known else 0,
                    ),
                )
    return None


def _days(priced: Charge, learned: Learned | None, handling_days: int) -> tuple[int, int]:
    early, late = learned.days if learned and learned.known else (priced.days_min, priced.days_max)
    # Handling is promised in working days; a weekend may lie between.
    return handling_days + early, handling_days + 2 * -(-handling_days // 5) + late
