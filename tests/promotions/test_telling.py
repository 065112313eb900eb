"""Who hears that a promotion is on: those who follow its store, and those who wish for its goods."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from caravan.catalog.actions import wish
from caravan.kernel.money import Money
from caravan.outbox.actions import record
from caravan.people.queries.notices import notices_of
from caravan.promotions.actions.telling import tell_followers
from caravan.promotions.events import PromotionChanged
from caravan.stores.actions import follow_store
from tests import factories
from tests.promotions.running import deal, running
from tests.search import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp():
    factories.rates()
    return factories.product(
        factories.store(name="Lumen", slug="lumen"), factories.category("lamps"), title="Lamp", price_minor=2_000
    )


@pytest.fixture
def ana():
    return factories.user("ana@example.test")


def told(user):
    return [(row.code, dict(row.about)) for row in notices_of(user_id=user.pk).rows]


def began(promotion, *products, whole=False):
    with transaction.atomic():
        record(
            PromotionChanged(
                at=timezone.now(), promotion_id=promotion.pk, store_id=promotion.store_id, kind=promotion.kind, status="live",
                product_ids=tuple(p.pk for p in products), is_whole_store=whole,
            )
        )  # fmt: skip
    shop.deliver()


def test_followers_hear_of_an_offer_once_a_day_however_many_begin(lamp, ana):
    follow_store(user_id=ana.pk, store_id=lamp.store_id, at=timezone.now())
    first = deal(lamp, name="Flash")
    began(first.promotion, lamp)
    began(running(lamp.store, "store_wide", name="Spring", percent=10), whole=True)
    ((code, about),) = told(ana)
    assert (code, about["store"], about["offer"]) == ("store_offer", "Lumen", "Flash")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "paused"},
        {"audience": "new_buyers"},
        {"until": timezone.now() - timedelta(minutes=1)},
        {"kind": "coupon", "means": "collect", "amount_minor": 500, "percent": 0},
    ],
)
def test_of_what_is_not_on_or_not_for_them_followers_hear_nothing(lamp, ana, fields):
    follow_store(user_id=ana.pk, store_id=lamp.store_id, at=timezone.now())
    offer = running(lamp.store, **{"kind": "store_wide", "percent": 10, **fields})
    assert tell_followers(promotion_id=offer.pk, at=timezone.now()) == 0
    assert told(ana) == []


def test_the_markets_own_offers_have_no_followers():
    assert tell_followers(promotion_id=running(None, "spend_save").pk, at=timezone.now()) == 0


@pytest.mark.parametrize("whole", [True, False])
def test_who_wished_for_goods_hears_that_a_deal_made_them_cheaper(lamp, ana, whole):
    wish(user_id=ana.pk, product_id=lamp.pk, market="US", price=Money(2_000, "USD"), in_stock=True, at=timezone.now())
    offer = deal(lamp, percent=25) if not whole else None
    promotion = offer.promotion if offer else running(lamp.store, "store_wide", percent=25)
    began(promotion, *([] if whole else [lamp]), whole=whole)
    ((code, about),) = told(ana)
    assert code == "price_drop"
    assert about["now"] == Money(1_500, "USD")
    began(promotion, *([] if whole else [lamp]), whole=whole)
    assert len(told(ana)) == 1
