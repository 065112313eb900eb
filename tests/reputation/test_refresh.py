"""Feedback into standing: the read models agree with the rules, at every instant, whoever else is writing."""

from __future__ import annotations

import random
import threading
from datetime import timedelta

import msgspec
import pytest
from django.db import connection, transaction

from caravan.insight.queries import record_of
from caravan.kernel.events import decode
from caravan.outbox.models import StoredEvent
from caravan.reputation import queries
from caravan.reputation.actions import leave_feedback, refresh_all, refresh_store
from caravan.reputation.actions.feedback import Opinion
from caravan.reputation.models import CategoryMean, Feedback, ProductRating, StoreCredit
from caravan.reputation.rules import bayesian_mean, wilson_low
from caravan.reputation.subscribers import recompute
from tests import factories
from tests.factories import AT
from tests.reputation.bought import buyer, line

pytestmark = pytest.mark.django_db


def given(product, stars: int, *, days: float = 0, detailed: int | None = None, scored: bool = True, by=None) -> Feedback:
    """Feedback given so many days after AT."""
    bought = line(product, by or buyer())
    return Feedback.objects.create(
        line=bought, order=bought.order, store_id=product.store_id, buyer=bought.order.buyer, product=product,
        version=product.version, market="BR", stars=stars, described=detailed, communication=detailed, shipping=detailed,
        scored=scored, created_at=AT + timedelta(days=days),
    )  # fmt: skip


@pytest.fixture
def product():
    return factories.product(factories.store(), factories.category("lamps"))


def after(days: float):
    return AT + timedelta(days=days)


def rating_of(product_id):
    return record_of(product_id).rating


def test_a_products_rating_is_drawn_to_what_is_usual_in_its_category(product):
    other = factories.product(factories.store(), product.category)
    for stars in (5, 5, 4):
        given(product, stars)
    for stars in (1, 2):
        given(other, stars)
    refresh_all(at=after(1))
    rating = rating_of(product.pk)
    assert (rating.ratings, rating.histogram.counts) == (3, (0, 0, 0, 1, 2))
    assert rating.mean == pytest.approx(14 / 3)
    assert rating.bayesian == pytest.approx(bayesian_mean(14, 3, 17 / 5))


def test_the_sql_says_what_the_rules_say_of_a_random_market():
    dice = random.Random(3)
    shelves = [factories.category() for _ in range(3)]
    products = [factories.product(factories.store(), dice.choice(shelves)) for _ in range(8)]
    for _ in range(60):
        given(dice.choice(products), dice.randint(1, 5), days=dice.uniform(-300, 2), scored=dice.random() < 0.8)
    refresh_all(at=AT)
    known = [f for f in Feedback.objects.select_related("product") if f.created_at < AT]
    for p in products:
        shelf = [f.stars for f in known if f.product.category_id == p.category_id and f.scored and f.created_at >= after(-182)]
        own = [f.stars for f in known if f.product_id == p.pk]
        usual = sum(shelf) / len(shelf) if shelf else 4.0
        found = rating_of(p.pk)
        assert found.ratings == len(own)
        if own:
            assert found.bayesian == pytest.approx(bayesian_mean(sum(own), len(own), usual))


def test_a_stores_credit_stands_beside_its_main_category(product):
    other = factories.product(factories.store(), product.category)
    for stars, detailed in ((5, 5), (4, 4), (1, None)):
        given(product, stars, detailed=detailed)
    given(other, 5, detailed=3)
    given(product, 5, detailed=5, scored=False)
    refresh_all(at=after(1))
    credit = queries.credit_of(product.store_id)
    assert (credit.points, credit.positive, credit.neutral, credit.negative) == (1, 2, 0, 1)
    assert credit.positive_rate == pytest.approx(2 / 3)
    assert credit.positive_rate_low == pytest.approx(wilson_low(2, 3))
    assert (credit.described, credit.detailed_ratings, credit.main_category_path) == (4.5, 2, "lamps")
    assert (credit.described_against.percent, credit.described_against.standing) == (13, "above")  # 4.5 against 4.0


def test_a_store_nobody_rated_has_a_row_of_zeros():
    store = factories.store()
    refresh_all(at=AT)
    credit = queries.credit_of(store.pk)
    assert (credit.points, credit.positive_rate, credit.symbol, credit.refreshed_at) == (0, None, None, None)
    assert rating_of(store.pk).ratings == 0


def test_feedback_is_in_the_stores_standing_once_it_was_delivered(product):
    factories.rates()
    bought = line(product, buyer())
    leave_feedback(buyer_id=bought.order.buyer_id, line_id=bought.pk, opinion=Opinion(stars=5), at=AT)
    event = StoredEvent.objects.get(name="reputation.feedback_left")
    recompute(decode(event.name, msgspec.json.encode(event.payload)))
    assert queries.credit_of(product.store_id).points == 1
    assert rating_of(product.pk).ratings == 1
    changed = StoredEvent.objects.get(name="reputation.standing_changed")
    assert changed.payload["product_ids"] == [str(product.pk)]


def test_a_look_at_an_earlier_day_forgets_what_came_later(product):
    other = factories.product(factories.store(), factories.category("rugs"))
    given(product, 5, days=0)
    given(other, 1, days=10)
    refresh_all(at=after(20))
    assert (ProductRating.objects.count(), StoreCredit.objects.count(), CategoryMean.objects.count()) == (2, 2, 2)
    refresh_all(at=after(5))
    assert rating_of(other.pk).ratings == 0
    assert queries.credit_of(other.store_id).points == 0
    assert list(CategoryMean.objects.values_list("category__path", flat=True)) == ["lamps"]
    refresh_all(at=after(200))
    assert not CategoryMean.objects.exists()  # half a year later nothing is usual any more
    assert queries.credit_of(product.store_id).points == 1


def test_refreshing_again_changes_nothing(product):
    for stars in (5, 3, 1):
        given(product, stars, detailed=4)
    refresh_all(at=after(1))
    before = [list(m.objects.values()) for m in (ProductRating, StoreCredit, CategoryMean)]
    refresh_all(at=after(1))
    refresh_store(store_id=product.store_id, product_ids=[product.pk], at=after(1))
    assert [list(m.objects.values()) for m in (ProductRating, StoreCredit, CategoryMean)] == before


def test_credits_of_many_stores_take_one_statement(product, django_assert_num_queries):
    stores = [factories.store().pk for _ in range(5)]
    with django_assert_num_queries(1):
        assert len(queries.credits_of([product.store_id, *stores, stores[0]])) == 6


@pytest.mark.django_db(transaction=True)
def test_of_two_who_recompute_a_store_at_once_the_later_waits_and_counts_everything(product):
    given(product, 5)
    waiting = threading.Event()

    def another() -> None:
        waiting.set()
        try:
            refresh_store(store_id=product.store_id, product_ids=[product.pk], at=after(1))
        finally:
            connection.close()

    thread = threading.Thread(target=another)
    with transaction.atomic():
        refresh_store(store_id=product.store_id, product_ids=[product.pk], at=after(1))
        thread.start()
        waiting.wait()
        given(product, 4)  # commits with this transaction, before the other may read
        thread.join(0.3)
        assert thread.is_alive()
    thread.join()
    assert rating_of(product.pk).ratings == 2
    assert queries.credit_of(product.store_id).points == 2
