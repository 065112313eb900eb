"""What it means that a promotion is on, and that it is on no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from caravan.catalog.actions import publish_product, restore_product, set_prices
from caravan.catalog.models import Price, PriceLock, Product, Variant
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.money import Money
from caravan.outbox.models import StoredEvent
from caravan.people.models import Buyer
from caravan.promotions.actions.drafting import copy_promotion, discard_draft, save_draft
from caravan.promotions.actions.renewing import follow_goods
from caravan.promotions.actions.starting import pause_promotion, resume_promotion, start_promotion, stop_promotion
from caravan.promotions.actions.turning import turn
from caravan.promotions.models import Bucket, Hold, OfferedPrice, Promotion, PromotionGoods
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.queries.history import past_and_stamps
from caravan.promotions.queries.offers import offers_of, platform_discounts
from caravan.promotions.queries.owners import owner_for
from caravan.promotions.queries.preview import look_at
from caravan.promotions.queries.promotions import counts, promotions, running
from caravan.promotions.rules.drafts import CouponDraft, DealGoods, Means, SpendSaveDraft, TierDraft
from caravan.promotions.rules.lifecycle import Status
from caravan.promotions.rules.offers import Audience
from caravan.promotions.rules.reference import is_lowest
from tests import factories
from tests.factories import AT
from tests.promotions.selling import aged, frame, seller, sold_at, usd

pytestmark = pytest.mark.django_db


def day(n: float):
    return AT + timedelta(days=n)


@pytest.fixture
def shop():
    return seller()


@pytest.fixture
def five(shop):
    """Five lamps at 15.00, from now for a week."""
    return shop.start(shop.limited(shop.deal(quantity=5)))


def stock(variant) -> int:
    """What no deal keeps for itself."""
    stored = Variant.objects.get(pk=variant.pk)
    return stored.stock - stored.set_aside


def left() -> int:
    return sum(Bucket.objects.values_list("left", flat=True))


def stands(shop, at=AT) -> dict[str, int]:
    return {status.value: n for status, n in counts(owner_for(**shop.who), at).items() if n}


def test_each_of_the_six_tools_is_written_read_back_and_started(shop):
    for draft in shop.drafts():
        made = shop.save(draft)
        assert draft_of(Promotion.objects.get(pk=made)) == draft
        start_promotion(**shop.who, promotion_id=made, at=AT)
    assert stands(shop) == {"live": 6}
    offers = offers_of([shop.store.pk], AT)[shop.store.pk]
    assert [len(x) for x in (offers.deals, offers.wide, offers.bundles, offers.buy_gets, offers.spend_saves)] == [1] * 5
    assert left() == 100  # the coupons


def test_a_draft_is_no_offer_and_sets_nothing_aside(shop):
    shop.save(shop.limited(shop.deal(quantity=5)))
    assert offers_of([shop.store.pk], AT) == {}
    assert (stock(shop.lamp), left(), OfferedPrice.objects.count()) == (10, 0, 0)


def test_starting_sets_the_pieces_aside_locks_the_price_and_writes_history(shop, five):
    assert (stock(shop.lamp), left()) == (5, 5)
    with pytest.raises(Invalid):
        set_prices(
            user_id=shop.user_id, store=shop.store.slug, product_id=shop.lamp.product_id,
            prices={shop.lamp.sku: usd(1900)}, at=AT,
        )  # fmt: skip
    assert [(o.minor, o.market, o.since, o.until) for o in OfferedPrice.objects.all()] == [(1500, "", AT, day(7))]
    [deal] = offers_of([shop.store.pk], AT)[shop.store.pk].deals[shop.lamp.product_id]
    assert deal.left == 5


def test_a_variant_that_comes_to_a_deal_on_its_product_is_offered_and_its_price_locked_like_the_others(shop):
    made = shop.start(shop.limited(shop.deal(variant_id=None, price=None, percent=25)))
    large = factories.variant(shop.lamp.product, price_minor=4000)
    follow_goods(store_id=shop.store.pk, product_ids=[shop.lamp.product_id, shop.rug.product_id], at=day(1))
    offered = OfferedPrice.objects.order_by("minor").values_list("variant_id", "minor", "reference_minor", "since", "until")
    assert list(offered) == [(shop.lamp.pk, 1500, 2000, AT, day(7)), (large.pk, 3000, None, day(1), day(7))]
    assert set(PriceLock.objects.filter(holder_id=made).values_list("variant_id", flat=True)) == {shop.lamp.pk, large.pk}


def test_stopping_gives_back_unlocks_and_cuts_history_off(shop, five):
    stop_promotion(**shop.who, promotion_id=five, at=day(2))
    assert (stock(shop.lamp), left()) == (10, 0)
    set_prices(
        user_id=shop.user_id, store=shop.store.slug, product_id=shop.lamp.product_id,
        prices={shop.lamp.sku: usd(1900)}, at=day(2),
    )  # fmt: skip
    assert [(o.since, o.until) for o in OfferedPrice.objects.all()] == [(AT, day(2))]
    assert offers_of([shop.store.pk], day(2)) == {}
    assert stands(shop, day(2)) == {"stopped": 1}


def test_pieces_buyers_have_are_not_given_back_and_not_set_aside_again(shop, five):
    goods = PromotionGoods.objects.get()
    buyer = Buyer.objects.create(user=factories.user())
    Hold.objects.create(goods=goods, buyer=buyer, nth=1, at=AT, until=day(1))
    Bucket.objects.filter(subject_id=goods.pk, number=0).update(left=0)
    pause_promotion(**shop.who, promotion_id=five, at=AT)
    assert (stock(shop.lamp), left()) == (9, 0)
    resume_promotion(**shop.who, promotion_id=five, at=AT)
    assert (stock(shop.lamp), left()) == (5, 4)


def said(shop, promotion_id, at) -> list[tuple[int, int]]:
    """What it cost before and how many percent less it is, of each price announced."""
    found = look_at(owner_for(**shop.who), promotion_id, at).announcements
    return [(one.said.was.minor, one.said.percent) if one.said else (0, 0) for one in found]


def test_a_deal_that_was_paused_goes_on_held_against_the_time_before_it_began_and_not_against_itself(shop, five):
    assert said(shop, five, day(1)) == [(2000, 25)]
    pause_promotion(**shop.who, promotion_id=five, at=day(1))
    resume_promotion(**shop.who, promotion_id=five, at=day(2))
    assert said(shop, five, day(3)) == [(2000, 25)]
    assert OfferedPrice.objects.get(since=day(2)).reference_minor == 2000
    stop_promotion(**shop.who, promotion_id=five, at=day(4))
    with pytest.raises(Invalid):
        shop.start(shop.limited(shop.deal(quantity=5), since=day(5), until=day(7)), at=day(5))


def test_a_deal_goes_on_held_against_what_was_asked_before_it_began_and_while_it_was_paused(shop):
    sold_at(shop.lamp, 1600, -25, -24)
    made = shop.start(shop.limited(until=day(20)))
    pause_promotion(**shop.who, promotion_id=made, at=day(15))
    resume_promotion(**shop.who, promotion_id=made, at=day(16))
    assert OfferedPrice.objects.get(since=day(16)).reference_minor == 1600
    pause_promotion(**shop.who, promotion_id=made, at=day(17))
    sold_at(shop.lamp, 1400, 17.5, 18)
    with pytest.raises(Invalid):
        resume_promotion(**shop.who, promotion_id=made, at=day(18))


@pytest.mark.parametrize("hidden", ["draft", "withdrawn"])
def test_a_price_that_stood_where_nobody_could_buy_is_none(shop, hidden):
    lamp = shop.lamp.product
    Product.objects.filter(pk=lamp.pk).update(status=hidden, published_at=None if hidden == "draft" else day(-365))
    put_on_sale = publish_product if hidden == "draft" else restore_product
    put_on_sale(user_id=shop.user_id, store=shop.store.slug, product_id=lamp.pk, at=day(-6))
    with pytest.raises(Invalid) as refused:
        shop.start(shop.limited())
    assert "too few days" in refused.value.fields["goods.0"]
    past, _ = past_and_stamps(shop.lamp.pk, lamp.store_id, "", AT)
    assert not is_lowest(usd(2000), past, AT)
    shop.start(shop.limited(since=day(1)), at=day(1))


def test_a_deal_that_begins_later_is_scheduled_and_locks_at_once(shop):
    made = shop.start(shop.limited(shop.deal(quantity=5), since=day(3), until=day(7)))
    assert stands(shop) == {"scheduled": 1}
    assert stands(shop, day(3)) == {"live": 1}
    assert stock(shop.lamp) == 5
    assert [(o.since, o.until) for o in OfferedPrice.objects.all()] == [(day(3), day(7))]
    pause_promotion(**shop.who, promotion_id=made, at=AT)
    assert not OfferedPrice.objects.exists()
    resume_promotion(**shop.who, promotion_id=made, at=day(4))
    assert [(o.since, o.until) for o in OfferedPrice.objects.all()] == [(day(4), day(7))]


def test_a_scheduled_one_may_still_be_changed_and_stays_scheduled(shop):
    draft = shop.limited(shop.deal(quantity=5), since=day(3), until=day(7))
    made = shop.start(draft)
    shop.save(replace(draft, goods=(shop.deal(shop.rug, price=usd(4000), quantity=2),)), promotion_id=made)
    assert (stock(shop.lamp), stock(shop.rug), left()) == (10, 8, 2)
    assert stands(shop) == {"scheduled": 1}
    with pytest.raises(Invalid):
        shop.save(replace(draft, goods=(shop.deal(quantity=11),)), promotion_id=made)
    assert (stock(shop.lamp), stock(shop.rug), left()) == (10, 8, 2)


def test_the_terms_of_a_live_one_stay_as_they_are(shop, five):
    with pytest.raises(Conflict, match="terms stay as they are"):
        shop.save(shop.limited(), promotion_id=five)
    with pytest.raises(Conflict):
        start_promotion(**shop.who, promotion_id=five, at=AT)
    with pytest.raises(Conflict):
        discard_draft(**shop.who, promotion_id=five, at=AT)


def test_more_than_there_is_cannot_be_set_aside_by_two_deals(shop):
    shop.start(shop.limited(shop.deal(quantity=8)))
    later = shop.limited(shop.deal(quantity=8), since=day(8), until=day(9))
    with pytest.raises(Invalid) as refused:
        shop.save(later)
    assert refused.value.fields == {"goods.0.quantity": f"You have 2 pieces of {shop.lamp.sku}. Set no more of them aside."}


def test_stock_that_went_between_writing_and_starting_is_a_refusal_and_nothing_else_happens(shop):
    made = shop.save(shop.limited(shop.deal(quantity=8)))
    Variant.objects.filter(pk=shop.lamp.pk).update(stock=7)
    with pytest.raises(Invalid):
        start_promotion(**shop.who, promotion_id=made, at=AT)
    assert (stock(shop.lamp), left()) == (7, 0)
    assert not OfferedPrice.objects.exists()


def test_goods_are_in_one_limited_deal_at_a_time(shop, five):
    with pytest.raises(Invalid) as refused:
        shop.save(shop.limited(DealGoods(product_id=shop.lamp.product_id, percent=50), since=day(6), until=day(9)))
    assert "“Lamp” is in “Spring” already, from March 2, 2026 to March 9, 2026" in refused.value.fields["goods.0"]
    shop.save(shop.limited(shop.deal(price=usd(1400)), since=day(7), until=day(9)))
    shop.save(shop.limited(shop.deal(shop.rug, price=usd(1400))))


def test_deals_in_different_markets_do_not_meet(shop):
    shop.start(shop.limited(markets=("BR",)))
    shop.save(shop.limited(markets=("US",)))
    with pytest.raises(Invalid):
        shop.save(shop.limited(markets=("US", "BR")))


def test_a_store_has_so_many_of_a_kind_at_once(shop):
    for _ in range(10):
        shop.start(shop.store_wide(5))
    made = shop.save(shop.store_wide(5))
    with pytest.raises(Invalid) as refused:
        start_promotion(**shop.who, promotion_id=made, at=AT)
    assert refused.value.fields == {"kind": "You may have 10 of this kind at once. Stop one first."}


def test_a_copy_is_a_draft_of_the_same_length_from_the_next_time_of_its_hour(shop, five):
    copied = Promotion.objects.get(pk=copy_promotion(**shop.who, promotion_id=five, at=day(1.5)))
    assert (copied.state, copied.since, copied.until) == ("draft", day(2), day(9))
    assert copied.copied_from_id == five
    assert draft_of(copied).goods == shop.limited(shop.deal(quantity=5)).goods


def test_a_copy_keeps_its_hour_where_clocks_were_put_forward_in_between():
    shop = seller(zone="America/New_York")
    made = shop.save(shop.limited(since=AT, until=day(3)))  # until three days later; clocks change on 8 March
    copied = draft_of(Promotion.objects.get(pk=copy_promotion(**shop.who, promotion_id=made, at=day(10)))).frame
    hours = [one.astimezone(ZoneInfo("America/New_York")).hour for one in (AT, copied.since, copied.until)]
    assert hours[0] == hours[1] == hours[2]
    assert day(10) < copied.since < day(11)


def test_a_code_is_one_coupons_only_and_is_not_copied(shop):
    draft = CouponDraft(frame=frame(), means=Means.CODE, code="SPRING10", percent=10, valid_days=5)
    made = shop.save(draft)
    with pytest.raises(Invalid) as refused:
        seller().save(draft)
    assert refused.value.fields == {"coupon_code": "Another coupon has this code. Choose another one."}
    assert Promotion.objects.get(pk=copy_promotion(**shop.who, promotion_id=made, at=AT)).code is None


def test_another_stores_promotions_are_not_there(shop, five):
    other = seller()
    acts = (start_promotion, pause_promotion, resume_promotion, stop_promotion, copy_promotion, discard_draft)
    for act in acts:
        with pytest.raises(NotFound):
            act(**other.who, promotion_id=five, at=AT)
        with pytest.raises(NotFound):
            act(user_id=other.user_id, slug=shop.store.slug, promotion_id=five, at=AT)
    with pytest.raises(NotFound):
        other.save(other.limited(), promotion_id=five)


def test_the_platform_has_its_own_by_its_operators_only(shop):
    operator = factories.user(is_staff=True)
    draft = SpendSaveDraft(frame=frame(), tiers=(TierDraft(min_amount=Money(5000, "EUR"), percent=5),))
    with pytest.raises(NotFound):
        save_draft(user_id=shop.user_id, slug=None, draft=draft, at=AT)
    made = save_draft(user_id=operator.pk, slug=None, draft=draft, at=AT)
    start_promotion(user_id=operator.pk, slug=None, promotion_id=made, at=AT)
    assert [discount.id for discount in platform_discounts(AT)] == [made]
    assert promotions(owner_for(**shop.who), AT) == []


def test_every_change_of_state_is_an_event_about_the_goods(shop, five):
    stop_promotion(**shop.who, promotion_id=five, at=day(1))
    shop.start(shop.store_wide(5))
    told = StoredEvent.objects.filter(name="promotions.promotion_changed").order_by("at", "id")
    assert [(e.payload["status"], e.payload["product_ids"], e.payload["is_whole_store"]) for e in told] == [
        ("live", [str(shop.lamp.product_id)], False),
        ("live", [], True),
        ("stopped", [str(shop.lamp.product_id)], False),
    ]


def test_the_clock_tells_of_beginnings_and_gives_back_at_the_end(shop):
    shop.start(shop.limited(shop.deal(quantity=5), since=day(1), until=day(2)))
    assert turn(at=day(0.5)) == 0
    assert turn(at=day(1)) == 1
    assert turn(at=day(1)) == 0
    assert (stock(shop.lamp), left()) == (5, 5)
    assert turn(at=day(2)) == 1
    assert turn(at=day(9)) == 0
    assert (stock(shop.lamp), left()) == (10, 0)
    said = StoredEvent.objects.filter(name="promotions.promotion_changed").order_by("at", "id")
    assert [e.payload["status"] for e in said] == ["scheduled", "live", "ended"]


def test_after_a_time_without_a_worker_all_that_is_due_is_done_once(shop):
    shop.start(shop.limited(shop.deal(quantity=5), since=day(1), until=day(2)))
    shop.start(shop.limited(shop.deal(shop.rug, price=usd(4000), quantity=3)))
    assert turn(at=day(30)) == 2
    assert (stock(shop.lamp), stock(shop.rug), left()) == (10, 10, 0)
    assert turn(at=day(30)) == 0


def test_a_lapsed_draft_does_not_turn(shop):
    shop.save(shop.limited())
    assert turn(at=day(30)) == 0


def test_new_buyers_deals_are_written_but_not_what_the_market_met(shop):
    shop.start(shop.limited(audience=Audience.NEW_BUYERS))
    assert OfferedPrice.objects.count() == 1
    shop.save(shop.limited(since=day(8), until=day(9)))


def test_prices_of_markets_with_their_own_are_offered_apart(shop):
    Price.objects.create(variant=shop.lamp, market="BR", minor=1000, currency="USD", since=day(-60))
    shop.start(shop.store_wide(10))
    offered = {(o.variant_id, o.market): o.minor for o in OfferedPrice.objects.all()}
    assert offered == {(shop.lamp.pk, ""): 1800, (shop.lamp.pk, "BR"): 900, (shop.rug.pk, ""): 4500}


def test_the_calendar_has_what_runs_between_two_days(shop, five):
    shop.start(shop.limited(shop.deal(shop.rug, price=usd(4000)), since=day(10), until=day(12)))
    shop.save(shop.store_wide(5))
    owner = owner_for(**shop.who)
    assert [row.since for row in running(owner, day(-1), day(20), AT)] == [AT, day(10)]
    assert [row.since for row in running(owner, day(7), day(20), AT)] == [day(10)]
    stop_promotion(**shop.who, promotion_id=five, at=day(1))
    assert [row.since for row in running(owner, day(2), day(20), AT)] == [day(10)]


def test_lists_by_status(shop, five):
    shop.save(shop.store_wide(5))
    owner = owner_for(**shop.who)
    assert [row.status for row in promotions(owner, AT)] == [Status.DRAFT, Status.LIVE]
    assert [row.id for row in promotions(owner, AT, of=Status.LIVE)] == [five]
    assert promotions(owner, day(8), of=Status.LIVE) == []


def test_starting_takes_no_more_statements_for_more_goods(shop, django_assert_max_num_queries):
    for _ in range(20):
        aged(factories.product(shop.store, shop.lamp.product.category))
    made = shop.save(shop.store_wide(5))
    with django_assert_max_num_queries(20):
        start_promotion(**shop.who, promotion_id=made, at=AT)
    assert OfferedPrice.objects.count() == 22


def test_what_is_badly_written_never_reaches_the_table(shop):
    for draft, field in ((shop.store_wide(0), "percent"), (shop.bundle(price=usd(0)), "price")):
        with pytest.raises(Invalid) as refused:
            shop.save(draft)
        assert field in refused.value.fields
