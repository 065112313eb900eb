from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from caravan.kernel.money import Money
from caravan.project.demo.content.catalogue import product_types
from caravan.project.demo.content.text import LANGUAGES
from caravan.project.demo.world import DAYS, World
from caravan.project.demo.world.seasons import Trend, demand
from tests.project.demo.figures import ENDS_AT, RATES, days, world

NORTHERN_WINTER = datetime(2027, 1, 31, tzinfo=UTC)


def products(made: World):
    return list(made.products(defaultdict(uuid.uuid4), {}))


def test_the_same_seed_tells_the_same_world():
    one, two = (World(3, 0.02, ENDS_AT, RATES) for _ in range(2))
    assert list(one.stores()) == list(two.stores())
    assert [p.words for p in products(one)] == [p.words for p in products(two)]
    assert list(one.days()) == list(two.days())
    assert list(World(4, 0.02, ENDS_AT, RATES).days()) != list(two.days())


def test_a_day_is_the_same_whether_or_not_those_before_it_were_told():
    assert world(0.02).day(40) == list(world(0.02).days())[40]


def test_sizes_follow_the_scale():
    assert (world(1).sizes.stores, world(1).sizes.products, world(1).sizes.buyers) == (60, 2400, 9000)
    assert (world(10).sizes.stores, world(10).sizes.products) == (600, 24_000)
    assert len(list(world().stores())) == 8
    assert len(products(world())) == 240
    orders = sum(len(day.orders) for day in days())
    signals = sum(len(day.sightings) for day in days())
    assert 1_500 < orders < 3_500
    assert 8 < signals / orders < 13


def test_at_scale_one_every_leaf_has_goods_and_few_pictures_are_enough():
    assert {item.type.leaf for item in world(1).items} == {kind.leaf for kind in product_types()}
    assert len(world(1).pictures()) <= 650


def test_even_the_smallest_world_has_goods_of_every_department():
    assert {item.type.leaf.department for item in world(0.02).items} == {kind.leaf.department for kind in product_types()}


def test_listings_are_whole_in_four_languages_and_hold_one_to_eight_variants():
    for product in products(world()):
        assert sorted(words.language for words in product.words) == sorted(LANGUAGES)
        assert all(words.title and words.description for words in product.words)
        assert 1 <= len(product.variants) <= 8
        assert len({variant.options for variant in product.variants}) == len(product.variants)
        assert all(variant.price.minor > 0 for variant in product.variants)
        assert product.slug


def test_nothing_happens_before_its_cause_or_after_the_end():
    opened = {store.id: store.opened_at for store in world().stores()}
    published = {item.id: item.published_at for item in world().items}
    joined = {buyer.id: buyer.created_at for buyer in world().buyers()}
    assert all(published[item.id] >= opened[item.shop.id] for item in world().items)
    received = {}
    for day in days():
        for seen in day.sightings:
            assert world().begins_at <= seen.at < ENDS_AT
            assert seen.product_id is None or published[seen.product_id] <= seen.at
        for order in day.orders:
            steps = [joined[order.buyer_id], order.placed_at, order.paid_at, order.shipped_at, order.received_at]
            known = [step for step in (*steps, order.refunded_at) if step is not None]
            assert all(a <= b for a, b in pairwise(known))
            assert known[-1] < ENDS_AT
            assert order.cancelled_at is None or order.placed_at < order.cancelled_at <= ENDS_AT
            assert all(published[line.product_id] <= order.placed_at for line in order.lines)
            received[order.id] = order.received_at
        for said in day.feedback:
            assert received[said.order_id] < said.created_at < ENDS_AT
            assert said.replied_at is None or said.created_at < said.replied_at < ENDS_AT


def test_orders_are_for_published_variants_at_the_price_in_force_and_add_up():
    pieces = {piece.id: (item, piece) for item in world().items for piece in item.pieces}
    for day in days():
        totals = Counter()
        for order in day.orders:
            for line in order.lines:
                item, piece = pieces[line.variant_id]
                assert (line.product_id, line.sku) == (item.id, piece.sku)
                assert line.unit_minor == RATES.convert(piece.price, order.currency).minor
                assert line.eur_minor == RATES.convert(Money(line.total_minor, order.currency), "EUR").minor
                assert item.shop.id == order.store_id
                assert item.shop.ships_to(order.market)
            totals[order.purchase_id] += order.items_minor + order.shipping_minor
        assert {p.id: p.total_minor for p in day.purchases} == dict(totals)


def test_orders_end_in_every_way_orders_end():
    states = Counter((o.order_state, o.payment_state, o.fulfilment_state) for day in days() for o in day.orders)
    assert {
        ("completed", "paid", "received"), ("completed", "refunded", "received"), ("placed", "paid", "shipped"),
        ("placed", "paid", "none"), ("cancelled", "lapsed", "none"), ("cancelled", "refunded", "none"),
    } <= states.keys()  # fmt: skip
    assert max(states, key=states.get) == ("completed", "paid", "received")


def test_all_eight_markets_shop_in_their_own_evenings():
    hours = Counter()
    for day in days():
        for seen in day.sightings:
            hours[seen.market, seen.at.hour] += 1
    for market, evening, night in (("RU", 17, 1), ("BR", 23, 7), ("AU", 10, 17), ("KZ", 15, 23)):  # UTC hours
        assert hours[market, evening] > 3 * hours[market, night]
    assert len({market for market, _ in hours}) == 8


@pytest.mark.parametrize(("slug", "market", "other"), [("skis", "RU", "AU"), ("swimsuit", "AU", "RU")])
def test_each_hemisphere_buys_for_its_own_season(slug, market, other):
    kinds = {item.id: item.type.slug for item in world(ends_at=NORTHERN_WINTER).items}
    views = Counter()
    for day in days(ends_at=NORTHERN_WINTER):
        for seen in day.sightings:
            views[seen.market, kinds.get(seen.product_id) == slug] += 1
    share = {code: views[code, True] / views[code, False] for code in (market, other)}
    assert share[market] > 3 * share[other]


def test_near_the_equator_seasons_are_mild():
    january = NORTHERN_WINTER.date()
    assert demand("winter", 55, january) > 3 > demand("winter", 10, january) > 1 > demand("winter", -34, january)
    assert demand("steady", 55, january) == 1


def test_rising_products_rise_in_the_last_weeks():
    rising = {item.id for item in world(0.3).items if item.trend.times > 1}
    assert rising
    bought = Counter()
    for day in days(0.3):
        for seen in day.sightings:
            if seen.product_id in rising:
                bought["late" if seen.at > ENDS_AT - timedelta(days=7) else "early"] += 1
    assert bought["late"] / 7 > 2.5 * bought["early"] / (DAYS - 7)


def test_a_trend_is_half_way_in_its_middle():
    assert Trend(times=9, middle=50, width=10).on(50) == pytest.approx(5)
    assert Trend().on(80) == 1


def test_some_buyers_come_again_and_popularity_is_uneven():
    by_buyer = Counter(o.buyer_id for day in days(0.3) for o in day.orders)
    by_product = Counter(line.product_id for day in days(0.3) for o in day.orders for line in o.lines)
    assert sum(1 for n in by_buyer.values() if n > 1) > len(by_buyer) / 3
    top = sum(n for _, n in by_product.most_common(72))
    assert top > by_product.total() / 3  # a tenth of the goods sell more than a third


def test_bad_stores_are_rated_badly():
    quality = {shop.id: shop.trader.quality for shop in world().shops}
    stars = defaultdict(list)
    for day in days():
        for said in day.feedback:
            stars[quality[said.store_id] > 0.5].append(said.stars)
    assert sum(stars[True]) / len(stars[True]) > 4.3
    assert sum(stars[False]) / len(stars[False]) < 3.6


def test_pages_of_search_words_are_typed_in_the_visitors_language_and_sometimes_wrongly():
    queries = {(seen.language, seen.query) for day in days() for seen in day.sightings if seen.kind == "search"}
    leaf = product_types()[0].leaf
    right, wrong = leaf.words_in("ru").right, leaf.words_in("ru").wrong
    assert any(("ru", word) in queries for word in right)
    assert any(("ru", word) in queries for word in wrong)
    assert any(seen.results == 0 for day in days() for seen in day.sightings if seen.kind == "search")
