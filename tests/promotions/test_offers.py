from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from caravan.kernel.money import Money
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Bucket, Promotion, PromotionGoods, Tier
from caravan.promotions.queries.offers import offers_of, platform_discounts, with_left
from caravan.promotions.rules import DealKind, Payer
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def promotion(store, kind, **fields):
    made = Promotion.objects.create(
        **{
            "store": store,
            "kind": kind,
            "name": "Spring",
            "state": "on",
            "currency": store.currency if store else "EUR",
            "since": AT,
            "until": AT + timedelta(days=7),
            **fields,
        }
    )
    touch(store_ids=[store.pk if store else None])
    return made


@pytest.fixture
def thing():
    return factories.product(factories.store(), factories.category())


def test_a_store_without_offers_costs_one_statement_and_has_none(thing, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert offers_of([thing.store_id], AT) == {}


def test_offers_are_read_once_until_they_change(thing, django_assert_num_queries):
    promotion(thing.store, "store_wide", percent=10)
    offers_of([thing.store_id], AT)
    with django_assert_num_queries(1):
        offers = offers_of([thing.store_id], AT)[thing.store_id]
    assert [(deal.kind, deal.percent) for deal in offers.wide] == [(DealKind.STORE_WIDE, 10)]
    promotion(thing.store, "spend_save")
    assert len(offers_of([thing.store_id], AT)[thing.store_id].spend_saves) == 1


def test_a_change_that_was_taken_back_is_not_remembered(thing):
    promotion(thing.store, "store_wide", percent=10)
    with transaction.atomic():
        Promotion.objects.update(percent=50)
        touch(store_ids=[thing.store_id])
        assert offers_of([thing.store_id], AT)[thing.store_id].wide[0].percent == 50
        transaction.set_rollback(True)
    assert offers_of([thing.store_id], AT)[thing.store_id].wide[0].percent == 10
    touch(store_ids=[thing.store_id])
    assert offers_of([thing.store_id], AT)[thing.store_id].wide[0].percent == 10


def test_what_is_over_paused_or_a_draft_is_no_offer(thing):
    promotion(thing.store, "store_wide", percent=10, until=AT + timedelta(hours=1))
    promotion(thing.store, "store_wide", percent=20, state="paused")
    promotion(thing.store, "store_wide", percent=30, state="draft")
    assert [deal.percent for deal in offers_of([thing.store_id], AT)[thing.store_id].wide] == [10]
    assert offers_of([thing.store_id], AT + timedelta(hours=2)) == {}


def test_pieces_left_are_those_of_this_moment(thing):
    limited = promotion(thing.store, "limited")
    variant = thing.variants.get()
    goods = PromotionGoods.objects.create(
        promotion=limited, product=thing, variant=variant, price_minor=700, quantity=5, is_set_aside=True
    )
    Bucket.objects.bulk_create(Bucket(subject_id=goods.pk, number=n, left=left) for n, left in enumerate([3, 2]))
    touch(store_ids=[thing.store_id])
    offers = offers_of([thing.store_id], AT)
    (deal,) = offers[thing.store_id].deals[thing.pk]
    assert (deal.left, deal.prices) == (5, {variant.pk: Money(700, "USD")})
    Bucket.objects.filter(number=0).update(left=0)
    assert with_left(offers, [thing.pk])[thing.store_id].deals[thing.pk][0].left == 2
    assert with_left(offers, [factories.product(thing.store, thing.category).pk]) == offers


def test_tiers_say_what_they_give_and_the_platform_pays_for_its_own(thing):
    discount = promotion(None, "spend_save")
    Tier.objects.create(promotion=discount, number=1, min_amount_minor=3000, amount_minor=400)
    (offer,) = platform_discounts(AT)
    assert offer.payer is Payer.PLATFORM
    assert offer.tiers[0].min_amount == Money(3000, "EUR")
    assert offer.tiers[0].benefit.amount == Money(400, "EUR")
