from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.markets import country
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.shipping.rules import Book, FreeRule, Learned, Piece, Shipment, StoreBook, Tariff, TariffRow, Zone, options, ships
from caravan.shipping.rules.bundled import bundled_tariff, bundled_zones
from caravan.shipping.rules.parcels import actual_grams, charged_grams, size_of
from caravan.shipping.rules.promise import on_time_promise
from caravan.shipping.rules.services import Service, Size, default_service
from caravan.shipping.rules.zones import distance_zone, zones_between

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
RATES = RateTable({"USD": Decimal("1.25"), "BRL": Decimal(6), "PLN": Decimal(4)}, "2026-03-02", "ECB")
PLATFORM = Book((bundled_tariff(),), bundled_zones())


def sent(grams=900, origin="US", destination="BR", items="40.00 EUR", handling=2, sides=(0, 0, 0), quantity=1):
    return Shipment(country(origin), country(destination), (Piece(grams, quantity, sides),), Money.parse(items), handling)


def offered(shipment, own=StoreBook(), book=PLATFORM, at=AT):  # noqa: B008 - frozen
    return {option.service: option for option in options(shipment, own, book, RATES, at)}


def row(zone="worldwide", service="standard", size="parcel", most_grams=30_000, cost_minor=500, days=(5, 9)):
    return TariffRow(zone, service, size, most_grams, cost_minor, *days)


@pytest.mark.parametrize(
    ("origin", "destination", "zone"),
    [
        ("US", "US", "domestic"),
        ("ES", "PL", "regional"),
        ("KZ", "RU", "regional"),
        ("US", "BR", "worldwide"),
        ("AR", "AU", "worldwide"),
    ],
)
def test_how_far_a_parcel_goes(origin, destination, zone):
    assert distance_zone(country(origin), country(destination)) == zone


def test_the_narrowest_zone_comes_first():
    own = (Zone("own-iberia", "Iberia", frozenset({"ES", "PT"})), Zone("own-some", "Some", frozenset({"ES", "PT", "FR", "BR"})))
    assert zones_between(country("PL"), country("PT"), own, bundled_zones()) == ("own-iberia", "own-some", "eu", "regional")
    assert zones_between(country("PL"), country("BR"), own, bundled_zones()) == ("own-some", "worldwide")
    assert zones_between(country("ES"), country("ES"), own, bundled_zones())[0] == "domestic"


def test_a_zone_of_the_platform_holds_only_for_parcels_from_inside():
    assert "eu" in zones_between(country("PL"), country("ES"), (), bundled_zones())
    assert "eu" not in zones_between(country("US"), country("ES"), (), bundled_zones())


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_a_heavier_parcel_never_costs_less(a, b):
    lighter, heavier = sorted((a, b))
    for origin, destination in (("US", "US"), ("ES", "PL"), ("US", "BR")):
        ways = [offered(sent(max(grams, 1), origin, destination)) for grams in (lighter, heavier)]
        assert ways[0].keys() >= ways[1].keys()
        assert all(ways[0][service].cost <= way.cost for service, way in ways[1].items())


def test_farther_costs_more_and_takes_longer():
    ways = [offered(sent(900, "ES", to))["standard"] for to in ("ES", "PL", "AU")]
    assert all(a.cost < b.cost and a.days_min < b.days_min and a.days_max < b.days_max for a, b in pairwise(ways))


@pytest.mark.parametrize("destination", ["US", "CA", "BR"])
def test_a_faster_service_costs_more(destination):
    ways = list(offered(sent(900, "US", destination)).values())
    assert [way.service for way in ways] == ["economy", "standard", "express"]
    assert all(a.cost < b.cost and a.days_max > b.days_max for a, b in pairwise(ways))


def test_what_no_postman_carries_goes_as_several_parcels_but_not_as_a_small_packet():
    one, two = (offered(sent(grams)) for grams in (30_000, 60_000))
    assert two["standard"].cost == one["standard"].cost * 2
    assert two["standard"].why.parcels == 2
    assert "economy" not in one


def test_the_room_a_parcel_takes_counts_where_it_is_more_than_its_weight():
    cushion = sent(500, sides=(500, 400, 300))  # 60,000 cm3: 10 kg by 6,000 and 12 kg by 5,000
    assert [charged_grams(cushion.pieces, s) for s in Service] == [500, 10_000, 12_000]
    assert offered(cushion)["express"].why.by_volume
    assert not offered(sent(500))["express"].why.by_volume
    assert offered(cushion)["standard"].cost == offered(sent(10_000))["standard"].cost


@pytest.mark.parametrize(
    ("sides", "size"),
    [
        ((600, 200, 100), "packet"),
        ((601, 1, 1), "parcel"),
        ((600, 200, 101), "parcel"),
        ((1_501, 1, 1), "bulky"),
        ((0, 0, 0), "packet"),
    ],
)
def test_the_size_class_goes_by_the_largest_piece(sides, size):
    assert size_of([Piece(100), Piece(100, sides=sides)]) == size


def test_what_is_bulky_costs_more_and_goes_by_standard_only():
    ladder = offered(sent(5_000, sides=(2_000, 100, 50)))
    assert list(ladder) == ["standard"]
    assert ladder["standard"].cost > offered(sent(5_000))["standard"].cost


def test_a_piece_without_a_weight_counts_half_a_kilogram():
    assert actual_grams([Piece(0, 3), Piece(200, 2)]) == 1_900


def test_a_store_ships_where_it_says_and_everywhere_if_it_says_nothing():
    assert ships([], "KZ")
    assert ships(["KZ", "RU"], "KZ")
    assert not ships(["RU"], "KZ")


def test_a_stores_table_stands_before_the_platforms_where_it_says_something():
    own = StoreBook((Tariff(date(2026, 2, 1), "USD", (row(cost_minor=500),)),))
    ways = offered(sent(), own)
    assert ways["standard"].cost == Money(400, "EUR")  # 5.00 USD
    assert (ways["standard"].why.table, ways["express"].why.table) == ("store", "platform")
    assert offered(sent(destination="US"), own)["standard"].why.table == "platform"


def test_a_table_comes_into_force_on_its_day():
    own = StoreBook((Tariff(date(2026, 2, 1), "EUR", (row(),)), Tariff(date(2026, 3, 3), "EUR", (row(cost_minor=900),))))
    assert offered(sent(), own)["standard"].cost == Money(500, "EUR")
    tomorrow = offered(sent(), own, at=AT.replace(day=3))["standard"]
    assert (tomorrow.cost, tomorrow.why.since) == (Money(900, "EUR"), date(2026, 3, 3))


def test_a_price_is_converted_once():
    assert offered(sent(items="100.00 BRL"))["standard"].cost == Money(5340, "BRL")  # 8.90 EUR at 6


def test_free_from_an_amount_in_the_buyers_money_and_the_store_pays_before_the_platform():
    rules = (FreeRule(Money(5_000, "USD"), "store", date(2026, 1, 1), zone="worldwide", service="standard"),)
    book = replace(PLATFORM, free=(FreeRule(Money(4_000, "EUR"), "platform", date(2026, 1, 1)),))
    own = StoreBook(free=rules)
    below, at = (offered(sent(items=items), own)["standard"] for items in ("39.99 EUR", "40.00 EUR"))  # 50 USD are 40 EUR
    assert (below.free, below.cost, below.free_at) == (False, Money(890, "EUR"), Money(1, "EUR"))
    assert (at.cost, at.full, at.payer, at.free_at) == (Money(0, "EUR"), Money(890, "EUR"), "store", None)
    both = offered(sent(), own, book)
    assert (both["standard"].payer, both["express"].payer) == ("store", "platform")


def test_a_rule_ends_with_its_last_day():
    own = StoreBook(free=(FreeRule(Money(0, "EUR"), "store", date(2026, 1, 1), ends_on=date(2026, 3, 2)),))
    assert offered(sent(), own)["standard"].free
    assert not offered(sent(), own, at=AT.replace(day=3))["standard"].free


def test_dates_are_the_tables_until_enough_parcels_taught_better():
    route = ("US", "BR", "standard")
    few, many = (replace(PLATFORM, learned={route: Learned(*route, parcels=n, p10=6.9, p50=9, p90=11.1)}) for n in (29, 30))
    promised, taught = (offered(sent(), book=book)["standard"] for book in (few, many))
    assert (promised.days_min, promised.days_max, promised.why.learned_from) == (2 + 8, 2 + 2 + 18, 0)
    assert (taught.days_min, taught.days_max, taught.why.learned_from) == (2 + 6, 2 + 2 + 12, 30)


def test_a_store_may_offer_less():
    assert list(offered(sent(), StoreBook(services=("standard",)))) == ["standard"]


def test_who_chooses_nothing_gets_standard_else_the_cheapest_kind():
    assert default_service(["economy", "standard", "express"]) == "standard"
    assert default_service(["express", "economy"]) == "economy"
    assert default_service([]) == ""


def test_every_service_of_the_bundled_table_covers_every_zone():
    for zone in ("domestic", "regional", "worldwide", "eu", "eaeu"):
        assert all(bundled_tariff().lane(zone, service) for service in Service)
        assert any(r.size == Size.BULKY for r in bundled_tariff().lane(zone, "standard"))


@pytest.mark.parametrize(
    ("items", "percent", "minor"), [("19.90 EUR", 10, 199), ("0.05 EUR", 10, 1), ("0.04 EUR", 10, 0), ("9 JPY", 0, 0)]
)
def test_a_promise_is_a_part_of_the_items_rounded_half_up(items, percent, minor):
    assert on_time_promise(Money.parse(items), percent).minor == minor
