from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import msgspec
import pytest

from caravan.kernel import clock
from caravan.kernel.events import Event, decode
from caravan.kernel.ids import uuid7

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(Event, name="test.kettle_boiled"):
    kettle_id: UUID
    litres: int


def test_a_stopped_clock_stands_and_goes_on_afterwards():
    with clock.stopped(NOON):
        assert clock.now() == clock.now() == NOON
    assert clock.now() > NOON or clock.now() < NOON


def test_time_is_always_told_in_utc():
    with clock.stopped(NOON.astimezone(timezone(timedelta(hours=5)))):
        assert clock.now().utcoffset() == timedelta(0)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError), clock.stopped(NOON.replace(tzinfo=None)):
        pass


def test_an_event_survives_being_written_and_read():
    event = KettleBoiled(at=NOON, kettle_id=uuid7(), litres=2)
    assert decode("test.kettle_boiled", event.encode()) == event


def test_an_event_is_a_fact_and_does_not_change():
    with pytest.raises(FrozenInstanceError):
        KettleBoiled(at=NOON, kettle_id=uuid7(), litres=2).litres = 3


def test_two_events_of_one_name_are_refused():
    with pytest.raises(TypeError, match="kettle_boiled"):

        class Again(Event, name="test.kettle_boiled"):
            pass


def test_what_is_not_the_event_it_claims_to_be_is_refused():
    with pytest.raises(msgspec.ValidationError):
        decode("test.kettle_boiled", b'{"at": "2026-03-02T12:00:00Z"}')
    with pytest.raises(KeyError):
        decode("test.never_declared", b"{}")
