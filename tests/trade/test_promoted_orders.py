"""Orders of goods on offer: placed at what was shown, with what came off which line, and pieces of deals counted to the last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.catalog.models import Variant
from caravan.kernel.errors import Conflict
from caravan.kernel.money import Money
from caravan.promotions.actions.buckets import empty_buckets
from caravan.promotions.actions.budgets import mark_exhausted
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Coupon, Promotion, Tier
from caravan.tax.rules.record import from_json
from caravan.trade.actions.closing import cancel_unpaid, lapse_unpaid
from caravan.trade.actions.placing import Placed
from caravan.trade.models import Order, OrderCut, OrderLine, Purchase
from caravan.trade.queries.access import Viewer
from caravan.trade.queries.carts import cart
from tests import factories
from tests.factories import AT
from tests.trade.fair import Fair, counted, fair, line_of, of_the_market, signed_in, state_of, with_coupon
from tests.trade.scene import BRAZIL, fill_cart, pay, place, shown_total
from tests.trade.test_race import at_once

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def brl(minor: int) -> Money:
    return Money(minor, "BRL")


def bought(day: Fair, lamps: int = 4, rugs: int = 1, at=AT) -> Placed:
    """Four lamps, three of them at the deal, and a rug, unless told otherwise."""
    wanted = [(day.lamp, lamps), *([(day.rug, rugs)] if rugs else [])]
    return place(fill_cart(*wanted, owner=signed_in(), at=at), at=at)


def cuts_of(variant: Variant) -> list[tuple[str, bool, int, int, str]]:
    """By code: whether it makes the price, of how many pieces, what came off, and who bears it."""
    rows = OrderCut.objects.filter(line__variant=variant).order_by("id")
    return list(rows.values_list("code", "is_price", "pieces", "minor", "payer"))


# Three lamps at 7.00 USD are 33.60 BRL each, the fourth 48.00: 148.80, from which 5.00 USD come off, 24.00; 124.80 are left. The
# rug is 300.00. The market's 36.00 over 124.80 and 300.00: 10.576 and 25.423, the odd cent to the rug (300.00 / 25.43 is more).


def test_it_is_placed_at_the_total_shown_and_each_line_says_what_came_off_and_who_bears_it():
    day = fair()
    owner = fill_cart((day.lamp, 4), (day.rug, 1), owner=signed_in())
    shown = cart(owner=owner, market=BRAZIL, at=AT, region="SP").basket
    assert (shown.goods, shown.items) == (brl(44_880), brl(14_880 + 30_000 - 2_400 - 3_600))
    total = shown_total(owner)
    assert place(owner, total=total).total == total
    assert cuts_of(day.lamp) == [
        ("limited", True, 3, 3 * (4_800 - 3_360), "store"),
        ("spend_save", False, 4, 2_400, "store"),
        ("platform_discount", False, 4, 1_057, "platform"),
    ]
    assert cuts_of(day.rug) == [("platform_discount", False, 1, 2_543, "platform")]


def test_the_figures_of_an_order_add_up_from_its_cuts_to_the_purchase():
    placed = bought(day := fair())
    lamps, rug = line_of(day.lamp), line_of(day.rug)
    assert (lamps.unit_minor, lamps.cut_minor, lamps.subsidy_minor, lamps.total_minor) == (3_360, 3_457, 1_057, 11_423)
    assert (rug.unit_minor, rug.cut_minor, rug.subsidy_minor, rug.total_minor) == (30_000, 2_543, 2_543, 27_457)
    for order in Order.objects.prefetch_related("lines__cuts"):
        lines = list(order.lines.all())
        assert order.items_minor == sum(line.total_minor for line in lines)
        assert order.total_minor == order.items_minor + order.shipping_minor + order.tax_minor
        assert order.total_eur_minor == pytest.approx(order.total_minor / 6, abs=1)
        for line in lines:
            cuts = [cut for cut in line.cuts.all() if not cut.is_price]
            assert line.cut_minor == sum(cut.minor for cut in cuts)
            assert line.subsidy_minor == sum(cut.minor for cut in cuts if cut.payer == "platform")
    assert placed.total.minor == sum(Order.objects.values_list("total_minor", flat=True))


def test_tax_is_reckoned_on_what_is_paid_for_the_goods():
    day = fair()
    bought(day, rugs=0)
    order = Order.objects.get()
    assert order.items_minor == 14_880 - 2_400
    reckoning = from_json(order.landed)
    assert [line.value for line in reckoning.facts.lines] == [brl(order.items_minor)]
    assert order.tax_minor == reckoning.landed.collected.minor > 0


def test_a_list_price_that_changes_between_cart_and_order_is_refused_with_the_new_total():
    day = fair()
    owner = fill_cart((day.lamp, 4), owner=signed_in())
    shown = shown_total(owner)
    Variant.objects.filter(pk=day.lamp.pk).update(price_minor=1_100)
    with pytest.raises(Conflict) as refused:
        place(owner, total=shown)
    assert (refused.value.code, refused.value.fields["total"]) == ("price.changed", str(shown_total(owner)))
    assert shown_total(owner) > shown + brl(480)  # the one lamp that is not at the deal, and tax on it
    assert (counted(day), Order.objects.count()) == ((7, 3, 0, 0), 0)
    assert place(owner)


def test_a_promotion_that_ends_between_cart_and_order_is_refused_with_the_new_total():
    day = fair()
    owner = fill_cart((day.lamp, 4), (day.rug, 1), owner=signed_in())
    shown = shown_total(owner)
    Promotion.objects.filter(pk=day.saved.pk).update(state="stopped")
    touch(store_ids=[day.lamp.product.store_id])
    with pytest.raises(Conflict) as refused:
        place(owner, total=shown)
    assert (refused.value.code, refused.value.fields["total"]) == ("price.changed", str(shown_total(owner)))
    assert counted(day) == (7, 3, 0, 0)


def test_pieces_of_a_deal_that_somebody_else_ordered_meanwhile_are_refused_with_the_new_total():
    day = fair()
    first, second = (fill_cart((day.lamp, 2), owner=signed_in()) for _ in range(2))
    shown = shown_total(second)
    place(first)
    with pytest.raises(Conflict) as refused:
        place(second, total=shown)
    assert (refused.value.code, refused.value.fields["total"]) == ("price.changed", str(shown_total(second)))
    assert counted(day) == (7, 1, 2, 0)
    place(second)
    assert counted(day) == (6, 0, 3, 0)


def test_a_buyer_has_no_more_of_a_deal_than_the_deal_gives_each():
    day = fair(per_buyer=2)
    owner = signed_in()
    place(fill_cart((day.lamp, 1), owner=owner))
    place(fill_cart((day.lamp, 2), owner=owner))
    assert counted(day) == (6, 1, 2, 0)
    assert [some.minor for some in OrderCut.objects.filter(code="limited").order_by("id")] == [1_440, 1_440]


def test_a_guest_who_has_had_as_many_as_a_deal_gives_each_is_told_the_usual_price_and_may_buy_at_it():
    day = fair(per_buyer=1)
    place(fill_cart((day.lamp, 1)), email="ana@example.test")
    again, email, region = fill_cart((day.lamp, 1)), "ANA@example.test", factories.shipping_address("BR").country_area
    with pytest.raises(Conflict) as refused:
        place(again, email=email)
    assert refused.value.code == "price.changed"
    shown = cart(owner=again, market=BRAZIL, at=AT, region=region, email=email)
    place(again, email=email, total=shown.basket.total)
    assert counted(day) == (6, 2, 1, 0)


def test_a_purchase_with_pieces_of_a_deal_has_a_quarter_of_an_hour_and_any_other_a_day():
    day = fair()
    assert bought(day).pay_by == AT + 15 * MINUTE
    assert bought(day, lamps=2, rugs=0).pay_by == AT + timedelta(days=1)  # the deal is sold out


def test_a_purchase_that_lapses_gives_the_pieces_back_to_deal_and_stock_once():
    day = fair()
    bought(day)
    assert counted(day) == (6, 0, 3, 0)
    assert lapse_unpaid(at=AT + 15 * MINUTE - timedelta(seconds=1)) == 0
    assert lapse_unpaid(at=AT + 15 * MINUTE) == 1
    assert lapse_unpaid(at=AT + 16 * MINUTE) == 0
    assert counted(day) == (7, 3, 0, 0)
    assert Purchase.objects.get().state == "lapsed"
    bought(day, at=AT + 17 * MINUTE)
    assert counted(day) == (6, 0, 3, 0)


def test_one_that_is_called_off_gives_them_back_as_well():
    day = fair()
    placed = bought(day)
    cancel_unpaid(viewer=Viewer(key=placed.key), number=placed.orders[0].number, at=AT + MINUTE)
    assert counted(day) == (7, 3, 0, 0)


def test_pieces_of_a_deal_that_has_ended_meanwhile_go_back_to_the_stock():
    day = fair()
    bought(day)
    Promotion.objects.filter(pk=day.flash.promotion_id).update(state="stopped")
    empty_buckets(subject_id=day.flash.pk)
    lapse_unpaid(at=AT + 15 * MINUTE)
    assert counted(day) == (10, 0, 0, 0)


def test_what_is_paid_is_sold():
    day = fair()
    pay(bought(day))
    assert counted(day) == (6, 0, 0, 3)
    assert lapse_unpaid(at=AT + timedelta(days=2)) == 0


def test_the_market_greets_a_new_buyer_and_nobody_who_has_bought_at_any_store():
    day = fair()
    of_the_market({"min_items": 1, "percent": 50}, audience="new_buyers", name="Welcome")
    owner = signed_in()
    wanted = fill_cart((day.rug, 1), owner=owner)
    assert cart(owner=wanted, market=BRAZIL, at=AT).basket.items == brl(15_000)
    pay(place(wanted))
    again = fill_cart((day.lamp, 1), owner=owner)
    assert cart(owner=again, market=BRAZIL, at=AT).basket.items == brl(3_360)
    assert cart(owner=fill_cart((day.lamp, 1), owner=signed_in()), market=BRAZIL, at=AT).basket.items == brl(1_680)


def test_a_new_buyer_is_greeted_in_one_order_not_in_all_that_wait_for_their_money():
    rug, owner = fair().rug, signed_in()
    of_the_market({"min_items": 1, "percent": 50}, audience="new_buyers", name="Welcome")
    first = place(fill_cart((rug, 1), owner=owner))
    assert cart(owner=fill_cart((rug, 1), owner=owner), market=BRAZIL, at=AT).basket.items == brl(26_400)
    cancel_unpaid(viewer=Viewer(key=first.key), number=first.orders[0].number, at=AT + MINUTE)
    assert cart(owner=owner, market=BRAZIL, at=AT + MINUTE).basket.items == brl(15_000)


# --- caps: 5.00 USD off from 30.00 on, which may cost 9.00 in all


def capped(day: Fair, budget_minor: int = 900) -> None:
    Promotion.objects.filter(pk=day.saved.pk).update(budget_minor=budget_minor)
    touch(store_ids=[day.lamp.product.store_id])


def spent(day: Fair) -> int:
    return Promotion.objects.get(pk=day.saved.pk).spent_minor


def test_an_order_that_would_cost_a_promotion_more_than_its_cap_leaves_is_shown_and_placed_without_it():
    day = fair()
    capped(day)
    bought(day, rugs=0)
    assert spent(day) == 500
    owner = fill_cart((day.lamp, 4), owner=signed_in())
    shown = cart(owner=owner, market=BRAZIL, at=AT)
    assert (shown.basket.cuts, [parcel.cuts for parcel in shown.basket.parcels]) == ((), [()])
    assert shown.basket.beyond == {day.saved.pk}
    place(owner)
    assert spent(day) == 500


def test_a_cart_too_large_for_a_cap_leaves_the_promotion_to_smaller_ones():
    day = fair(pieces=1)
    Tier.objects.create(promotion=day.saved, number=1, min_amount_minor=8_000, amount_minor=1_000)
    capped(day)
    place(fill_cart((day.lamp, 9), owner=signed_in()))
    assert (spent(day), mark_exhausted(at=AT)) == (0, 0)
    lapse_unpaid(at=AT + HOUR)
    bought(day, rugs=0, at=AT + HOUR)
    assert spent(day) == 500


def test_a_coupon_whose_cap_leaves_too_little_stays_the_buyers():
    day, owner = fair(), signed_in()
    coupon = with_coupon(day, owner, budget_minor=199)
    place(fill_cart((day.lamp, 1), owner=owner))
    assert state_of(coupon) == "issued"


# --- coupons


def test_a_coupon_is_the_purchases_from_its_placing_and_used_with_its_money():
    day, owner = fair(), signed_in()
    coupon = with_coupon(day, owner)
    placed = place(fill_cart((day.lamp, 1), owner=owner))
    assert cuts_of(day.lamp)[-1] == ("store_coupon", False, 1, 960, "store")
    assert OrderCut.objects.get(code="store_coupon").coupon_id == coupon.pk
    assert state_of(coupon) == "locked"
    assert cart(owner=fill_cart((day.lamp, 1), owner=owner), market=BRAZIL, at=AT).basket.items == brl(3_360)
    pay(placed)
    assert state_of(coupon) == "used"


def test_a_purchase_that_lapses_gives_its_coupons_back_to_the_buyer_who_can_use_them_again():
    day, owner = fair(), signed_in()
    coupons = [with_coupon(day, owner), with_coupon(day, owner, of_market=True)]
    place(fill_cart((day.lamp, 1), (day.rug, 1), owner=owner))
    assert [state_of(coupon) for coupon in coupons] == ["locked", "locked"]
    assert [cut[0] for cut in cuts_of(day.rug)] == ["platform_coupon", "platform_discount"]
    lapse_unpaid(at=AT + 15 * MINUTE)
    assert [state_of(coupon) for coupon in coupons] == ["released", "released"]
    pay(place(fill_cart((day.lamp, 1), (day.rug, 1), owner=owner, at=AT + 20 * MINUTE), at=AT + 20 * MINUTE), at=AT + 20 * MINUTE)
    assert [state_of(coupon) for coupon in coupons] == ["used", "used"]
    assert counted(day) == (7, 2, 0, 1)


def test_a_coupon_that_ran_out_between_cart_and_order_is_refused_with_the_new_total():
    day, owner = fair(), signed_in()
    coupon = with_coupon(day, owner)
    wanted = fill_cart((day.lamp, 1), owner=owner)
    shown = shown_total(wanted)
    Coupon.objects.filter(pk=coupon.pk).update(valid_until=AT + MINUTE)
    with pytest.raises(Conflict) as refused:
        place(wanted, total=shown, at=AT + MINUTE)
    assert (refused.value.code, refused.value.fields["total"]) == ("price.changed", str(shown_total(wanted, AT + MINUTE)))
    assert state_of(coupon) == "issued"


def test_somebody_elses_coupon_and_a_guests_cart_are_priced_without_one():
    day, owner = fair(), signed_in()
    with_coupon(day, owner)
    for other in (signed_in(), None):
        assert cart(owner=fill_cart((day.lamp, 1), owner=other), market=BRAZIL, at=AT).basket.items == brl(3_360)


# --- at the same instant


@pytest.mark.django_db(transaction=True)
def test_of_two_buyers_of_the_last_piece_of_a_deal_one_gets_it():
    day = fair(pieces=1)
    for round_ in range(4):
        owners = [fill_cart((day.lamp, 1), owner=signed_in()) for _ in range(2)]
        total = shown_total(owners[0])
        results = at_once([lambda o=o, t=total: place(o, total=t) for o in owners])
        won = [r for r in results if isinstance(r, Placed)]
        assert len(won) == 1, round_
        assert [r.code for r in results if isinstance(r, Conflict)] in (["deal.gone"], ["price.changed"])
        assert counted(day) == (9, 0, 1, 0)
        lapse_unpaid(at=AT + 15 * MINUTE)
        assert counted(day) == (9, 1, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_orders_that_a_cap_is_enough_for_one_of_one_is_placed():
    day = fair()
    Promotion.objects.filter(pk=day.flash.promotion_id).update(state="stopped")  # only the cap is between them
    capped(day)
    for round_ in range(4):
        owners = [fill_cart((day.lamp, 3), owner=signed_in()) for _ in range(2)]
        total = shown_total(owners[0])
        results = at_once([lambda o=o, t=total: place(o, total=t) for o in owners])
        assert sum(isinstance(r, Placed) for r in results) == 1, round_
        assert [r.code for r in results if isinstance(r, Conflict)] in (["promotion.exhausted"], ["price.changed"])
        assert spent(day) == 500
        assert lapse_unpaid(at=AT + timedelta(days=1)) == 1
        assert spent(day) == 0


@pytest.mark.django_db(transaction=True)
def test_many_buyers_at_once_never_have_more_of_a_deal_than_there_is_and_no_piece_is_lost():
    day = fair(pieces=3)
    owners = [fill_cart((day.lamp, 1 + n % 2), owner=signed_in()) for n in range(12)]
    totals = [shown_total(owner) for owner in owners]
    results = at_once([lambda o=o, t=t: place(o, total=t) for o, t in zip(owners, totals, strict=True)])
    free, left, ordered, sold = counted(day)
    assert (left + ordered, sold) == (3, 0)
    pieces = sum(OrderLine.objects.values_list("quantity", flat=True))
    assert free + left + pieces == 10
    assert sum(cut.pieces for cut in OrderCut.objects.filter(code="limited")) == ordered
    assert all(isinstance(r, Placed) or r.code in ("deal.gone", "price.changed") for r in results)


def test_prices_of_the_deals_goods_are_shown_with_the_deal_in_the_cart():
    day = fair()
    (parcel,) = cart(owner=fill_cart((day.lamp, 4), owner=signed_in()), market=BRAZIL, at=AT).basket.parcels
    assert [(some.quantity, some.unit) for some in parcel.lines[0].pieces] == [(3, brl(3_360)), (1, brl(4_800))]
    assert [step.code for step in parcel.lines[0].trace] == ["list", "limited", "rate"]
