"""What a store offers, promises and gives: services, compensation, zones of its own, free shipping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caravan.kernel import markets
from caravan.kernel.errors import Conflict, Invalid
from caravan.kernel.money import Money
from caravan.shipping.models import FreeShipping, Policy, ZoneSet
from caravan.shipping.queries.books import forget_books
from caravan.shipping.queries.stores import zone_codes, zones_of
from caravan.shipping.rules.promise import MOST_PERCENT
from caravan.shipping.rules.services import Service
from caravan.stores.queries import store_for_member
from caravan.stores.rules import slug_of

MOST_ZONES, MOST_RULES = 100, 100


def set_policy(*, user_id: UUID, slug: str, services: Sequence[str], on_time_percent: int) -> None:
    """The services offered (standard always is) and the percent of the items given back when a parcel is late. Owners only."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    if not set(services) <= set(Service):
        raise Invalid("shipping.service", wrong := _("Choose from the services of the list."), services=wrong)
    if not 0 <= on_time_percent <= MOST_PERCENT:
        wrong = _("Promise between 0 and %(most)d percent.") % {"most": MOST_PERCENT}
        raise Invalid("shipping.percent", wrong, on_time_percent=wrong)
    offered = [service.value for service in Service if service in {*services, Service.STANDARD}]
    Policy.objects.update_or_create(store_id=store.id, defaults={"services": offered, "on_time_percent": on_time_percent})
    forget_books()


def add_zone(*, user_id: UUID, slug: str, name: str, countries: Sequence[str]) -> str:
    """A set of countries of the store's own; returns its code, made of the name. Owners only."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    name, chosen = " ".join(name.split()), sorted(set(countries))
    wrong: dict[str, str] = {}
    if not 1 <= len(name) <= 60 or not slug_of(name):
        wrong["name"] = _("Give the zone a name of at most %(most)d characters.") % {"most": 60}
    if not chosen or not markets.countries().keys() >= set(chosen):
        wrong["countries"] = _("Choose the countries of the zone from the list.")
    if wrong:
        raise Invalid("shipping.zone", _("The zone was not saved."), **wrong)
    if len(zones_of(store.id)) >= MOST_ZONES:
        raise Conflict("shipping.zones", _("A store may have %(most)d zones. Remove one first.") % {"most": MOST_ZONES})
    code = f"own-{slug_of(name, longest=20)}"
    try:
        with transaction.atomic():
            ZoneSet.objects.create(store_id=store.id, code=code, name=name, countries=chosen)
    except IntegrityError as e:
        taken = _("You already have a zone of that name. Choose another.")
        raise Invalid("shipping.zone", taken, name=taken) from e
    forget_books()
    return code


def remove_zone(*, user_id: UUID, slug: str, zone_id: UUID) -> None:
    """Forget a zone that no table or rule names. Twice is no error; Conflict while it is used."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    zone = next((z for z in zones_of(store.id) if z.id == zone_id), None)
    if zone and zone.used:
        raise Conflict("shipping.zone_used", _("A table or a rule still names this zone. Take it out there first."))
    ZoneSet.objects.filter(store_id=store.id, pk=zone_id).delete()
    forget_books()


def add_free_rule(*, user_id: UUID, slug: str, least: Money, zone: str, service: str, ends_on: date | None, at: datetime) -> UUID:
    """From `least` (the store's currency) on the store pays the parcel, from today on. Owners only."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    wrong: dict[str, str] = {}
    if least.currency != store.currency or not 0 <= least.minor <= 10**12:
        wrong["least"] = _("Give an amount in %(currency)s, zero or more.") % {"currency": store.currency}
    if zone and zone not in zone_codes(store.id):
        wrong["zone"] = _("Choose a zone from the list.")
    if service and service not in tuple(Service):
        wrong["service"] = _("Choose from the services of the list.")
    if ends_on and ends_on < at.date():
        wrong["ends_on"] = _("It has to last until today at least.")
    if wrong:
        raise Invalid("shipping.free", _("The rule was not saved."), **wrong)
    if FreeShipping.objects.filter(store_id=store.id).count() >= MOST_RULES:
        raise Conflict("shipping.rules", _("A store may have %(most)d rules. Remove one first.") % {"most": MOST_RULES})
    made = FreeShipping.objects.create(
        store_id=store.id, least_minor=least.minor, currency=least.currency, zone=zone, service=service, payer="store",
        starts_on=at.date(), ends_on=ends_on,
    )  # fmt: skip
    forget_books()
    return made.pk


def remove_free_rule(*, user_id: UUID, slug: str, rule_id: UUID) -> None:
    """Parcels cost again from now on. Twice is no error."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    FreeShipping.objects.filter(store_id=store.id, pk=rule_id).delete()
    forget_books()
