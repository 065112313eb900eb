"""The bench of pricing, run once, as short as it goes, without django-oscar beside it."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from bench import offered
from bench.oscar.equal import equal
from bench.quote import off_by_promotion
from caravan.promotions.rules import quote

ROOT = Path(__file__).parents[2]


def test_carts_and_cards_are_timed_and_each_cart_says_what_it_came_to():
    command = (sys.executable, "-m", "bench.quote", "--seconds", "0.05", "--without-oscar")
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr[-2000:]
    assert "20 lines, 50 promotions, 5 coupons: offers that agree" in run.stdout
    totals = re.findall(r"Caravan +[\d.]+ +[\d.]+ +[\d,]+ +(\d[\d.]*)", run.stdout)
    assert len(totals) == 3, run.stdout  # the cards of a list have no total
    agreeing, competing, plain = (Decimal(total) for total in totals)
    assert 0 < agreeing < plain
    assert 0 < competing < plain


def test_what_is_measured_has_everything_on_offer_and_every_kind_takes_something_off():
    for case in (offered.agrees(), offered.competes()):
        quoted = quote(case.cart, case.terms, offered.AT)
        assert (len(case.cart.lines), case.promotions, len(case.terms.coupons)) == (20, 50, 5)
        stages = {cut.stage.code for store in quoted.stores for cut in store.cuts} | {cut.stage.code for cut in quoted.cuts}
        assert stages == {"bundle", "buy_get", "spend_save", "store_coupon", "platform_coupon", "platform_discount"}
        deals = {some.deal.kind.code for store in quoted.stores for x in store.lines for some in x.pieces if some.deal}
        assert deals == {"limited", "store_wide"}
        assert quoted.nearly
        assert not quoted.bounded


def test_the_other_side_is_given_every_line_and_every_offer():
    case = offered.agrees()
    given = equal(case)
    assert [price for _, _, price in given["lines"][:2]] == ["100.00", "120.00"]
    assert len(given["products"]) == len(case.goods)
    tiers = sum(len(offer.tiers) - 1 for some in case.terms.stores.values() for offer in some.spend_saves)
    tiers += sum(len(offer.tiers) - 1 for offer in case.terms.platform)
    assert len(given["offers"]) == case.promotions + len(case.terms.coupons) + tiers
    assert sum(offer["voucher"] for offer in given["offers"]) == 5
    off = off_by_promotion(quote(case.cart, case.terms, offered.AT))
    assert off.keys() <= {offer["promotion"] for offer in given["offers"]}
    assert len(off) == 26


def test_what_each_promotion_takes_off_adds_up_to_what_is_saved_of_the_list_prices():
    for case in (offered.agrees(), offered.competes()):
        quoted = quote(case.cart, case.terms, offered.AT)
        listed = sum(line.list_unit.minor * line.facts.quantity for store in quoted.stores for line in store.lines)
        assert sum(Decimal(off) for off in off_by_promotion(quoted).values()) * 100 == listed - quoted.items.minor
