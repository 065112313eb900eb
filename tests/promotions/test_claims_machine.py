"""Any sequence of claims, gifts, holds, purchases, payments, lapses, cancellations, clocks and endings: no coupon and no piece is
there twice or lost, nobody has more than their limit, and what is used stays used."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caravan.catalog.actions.stock import free_aside, return_stock, take_stock
from caravan.catalog.models import Variant
from caravan.kernel.errors import Conflict
from caravan.kernel.ids import uuid7
from caravan.promotions.actions.buckets import empty_buckets
from caravan.promotions.actions.claiming import claim_coupon
from caravan.promotions.actions.holding import give_back_expired, hold_pieces, let_go, mark_sold_out
from caravan.promotions.actions.issuing import grant_coupon
from caravan.promotions.actions.redeeming import confirm_redeemed, redeem, release_redeemed
from caravan.promotions.models import Coupon, Hold, Promotion, PromotionGoods
from tests.factories import AT
from tests.promotions.claims import buyers, coupon, deal, left

PEOPLE, COUPONS, PIECES, MOST = 4, 5, 6, 2
person = st.integers(0, PEOPLE - 1)


class Claims(RuleBasedStateMachine):
    """Each rule does something people or clocks do; refusals are answers like others, and change nothing."""

    @initialize()
    def opened(self) -> None:
        self.now = AT
        self.people = buyers(PEOPLE)
        self.welcome = coupon(total=COUPONS, per_buyer=MOST, valid_days=1)
        self.prize = coupon(means="granted", per_buyer=MOST, valid_days=1)
        self.flash = deal(quantity=PIECES, per_buyer=MOST)
        self.purchases: dict[UUID, tuple[UUID, int, str]] = {}  # buyer, pieces, state
        self.used: set[UUID] = set()
        self.has_ended = False

    @rule(who=person, nth=st.integers(1, MOST + 1))
    def collect(self, who: int, nth: int) -> None:
        self._refusable(
            lambda: claim_coupon(promotion_id=self.welcome.pk, buyer_id=self.people[who], market="US", at=self.now, nth=nth)
        )

    @rule(who=person, round_=st.integers(1, 3))
    def win(self, who: int, round_: int) -> None:
        self._refusable(
            lambda: grant_coupon(promotion_id=self.prize.pk, buyer_id=self.people[who], cause=str(round_), at=self.now)
        )

    @rule(who=person, pieces=st.integers(1, MOST))
    def hold(self, who: int, pieces: int) -> None:
        self._refusable(
            lambda: hold_pieces(goods_id=self.flash.pk, buyer_id=self.people[who], pieces=pieces, market="US", at=self.now)
        )

    @rule(who=person)
    def let_go(self, who: int) -> None:
        let_go(goods_id=self.flash.pk, buyer_id=self.people[who])

    @rule(who=person, pieces=st.integers(0, MOST), coupons=st.integers(0, 2), dies=st.booleans())
    def order(self, who: int, pieces: int, coupons: int, dies: bool) -> None:
        """As the placing does it; where it `dies`, before the commit."""
        buyer, purchase = self.people[who], uuid7()
        mine = list(Coupon.objects.filter(buyer_id=buyer).order_by("-issued_at").values_list("pk", flat=True)[:coupons])
        wanted = [(self.flash.pk, pieces)] if pieces else []

        def place() -> None:
            with transaction.atomic():
                redeem(
                    purchase_id=purchase, buyer_id=buyer, coupon_ids=mine, pieces=wanted, until=self.now + timedelta(minutes=15),
                    at=self.now,
                )  # fmt: skip
                if pieces:
                    variant = self.flash.variant_id
                    take_stock(wanted=[(variant, pieces)], at=self.now, aside={variant: pieces})
                if dies:
                    raise Conflict("killed", "before the commit")
            self.purchases[purchase] = (buyer, pieces, "placed")

        before = self._picture()
        if not self._refusable(place):
            assert self._picture() == before

    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        if purchase := self._one_of(data, "placed"):
            confirm_redeemed(purchase_id=purchase, at=self.now)
            self.used |= set(Coupon.objects.filter(purchase_id=purchase).values_list("pk", flat=True))
            self._moved(purchase, "paid")

    @rule(data=st.data())
    def lapse_or_cancel(self, data: st.DataObject) -> None:
        if purchase := self._one_of(data, "placed", "paid"):
            self.used -= set(Coupon.objects.filter(purchase_id=purchase).values_list("pk", flat=True))
            pieces = self.purchases[purchase][1]
            with transaction.atomic():
                aside = release_redeemed(purchase_id=purchase)
                if pieces:
                    return_stock(given=[(self.flash.variant_id, pieces)], at=self.now, aside=aside)
            assert aside == ({self.flash.variant_id: pieces} if pieces and not self.has_ended else {})
            assert release_redeemed(purchase_id=purchase) == {}
            self._moved(purchase, "off")

    @rule(minutes=st.sampled_from([1, 10, 20, 900]))
    def time_goes_by(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def the_minute_strikes(self) -> None:
        give_back_expired(at=self.now)
        mark_sold_out(at=self.now)

    @rule()
    def the_store_stops_it(self) -> None:
        if not self.has_ended:
            with transaction.atomic():
                if freed := empty_buckets(subject_id=self.flash.pk):
                    free_aside(given=[(self.flash.variant_id, freed)])
                empty_buckets(subject_id=self.welcome.pk)
                Promotion.objects.update(state="stopped")
            self.has_ended = True

    @invariant()
    def every_coupon_is_in_a_bucket_or_a_wallet(self) -> None:
        out = Coupon.objects.filter(promotion=self.welcome).count()
        assert out <= COUPONS if self.has_ended else out + left(self.welcome.pk) == COUPONS

    @invariant()
    def every_piece_is_in_a_bucket_or_somebodys_or_everybodys(self) -> None:
        states = Counter(Hold.objects.values_list("state", flat=True))
        variant = Variant.objects.get(pk=self.flash.variant_id)
        assert variant.stock == 10 - states["ordered"] - states["sold"]
        assert variant.set_aside == left(self.flash.pk) + states["held"]
        if not self.has_ended:
            assert left(self.flash.pk) + sum(states.values()) == PIECES

    @invariant()
    def nobody_has_more_than_their_limit(self) -> None:
        for of in (Hold.objects.values_list("goods_id", "buyer_id"), Coupon.objects.values_list("promotion_id", "buyer_id")):
            assert max(Counter(of).values(), default=0) <= MOST

    @invariant()
    def what_is_used_stays_used_and_a_locked_one_is_of_a_purchase_that_waits(self) -> None:
        assert set(Coupon.objects.filter(state="used").values_list("pk", flat=True)) == self.used
        waiting = {purchase for purchase, (_, _, state) in self.purchases.items() if state == "placed"}
        assert set(Coupon.objects.filter(state="locked").values_list("purchase_id", flat=True)) <= waiting
        for purchase, (buyer, pieces, state) in self.purchases.items():
            kept = Hold.objects.filter(
                purchase_id=purchase, buyer_id=buyer, state={"placed": "ordered", "paid": "sold"}.get(state)
            )
            assert kept.count() == (0 if state == "off" else pieces)

    @invariant()
    def lists_are_told_the_truth_once_the_minute_has_struck(self) -> None:
        if not self.has_ended:
            mark_sold_out(at=self.now)
            assert PromotionGoods.objects.get(pk=self.flash.pk).is_sold_out == (left(self.flash.pk) == 0)

    def _refusable(self, act) -> bool:
        try:
            act()
        except Conflict:
            return False
        return True

    def _picture(self) -> object:
        coupons = list(Coupon.objects.order_by("pk").values_list("pk", "state", "purchase_id"))
        holds = list(Hold.objects.order_by("pk").values_list("pk", "state", "purchase_id"))
        return coupons, holds, left(self.flash.pk), Variant.objects.get(pk=self.flash.variant_id).stock

    def _one_of(self, data: st.DataObject, *states: str) -> UUID | None:
        found = sorted(purchase for purchase, (_, _, state) in self.purchases.items() if state in states)
        return data.draw(st.sampled_from(found)) if found else None

    def _moved(self, purchase: UUID, state: str) -> None:
        buyer, pieces, _ = self.purchases[purchase]
        self.purchases[purchase] = (buyer, pieces, state)

    def teardown(self) -> None:
        Coupon.objects.all().delete()
        Hold.objects.all().delete()
        Promotion.objects.all().delete()


@pytest.mark.slow
@pytest.mark.django_db
def test_coupons_and_pieces_add_up_whatever_happens_in_whatever_order():
    run_state_machine_as_test(
        Claims,
        settings=settings(max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)),
    )
