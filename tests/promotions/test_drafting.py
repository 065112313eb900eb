"""What a promotion is refused for, field by field, before anything else is asked."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from caravan.kernel.money import Money
from caravan.promotions.queries.words import _sentences, say
from caravan.promotions.rules.drafting import check
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BundleGoods,
    BuyGetDraft,
    CouponDraft,
    DealGoods,
    LimitedDraft,
    Means,
    ScopeDraft,
    SpendSaveDraft,
    StoreWideDraft,
    TierDraft,
)
from caravan.promotions.rules.goods import GoodsFacts, OwnerFacts, Refusal, VariantFacts
from caravan.promotions.rules.offers import Audience
from tests.factories import AT
from tests.promotions.selling import frame, usd

LAMP, RUG, GONE, OTHERS = (UUID(int=n) for n in range(1, 5))
RED, BLUE, PLAIN = (UUID(int=n) for n in range(11, 14))
GROUP = UUID(int=21)
OWNER = OwnerFacts(
    currency="USD",
    goods={
        LAMP: GoodsFacts(
            LAMP, "lamp", "Lamp", "home/lamps", True,
            (VariantFacts(RED, "red", usd(2000), stock=10), VariantFacts(BLUE, "blue", usd(1800), stock=3)),
        ),
        RUG: GoodsFacts(RUG, "rug", "Rug", "home", True, (VariantFacts(PLAIN, "plain", usd(5000), stock=4),)),
        GONE: GoodsFacts(GONE, "gone", "Vase", "home", False, ()),
    },
    groups=frozenset({GROUP}),
    categories=frozenset({"home", "home/lamps"}),
)  # fmt: skip
PLATFORM = OwnerFacts(currency="EUR", categories=OWNER.categories, is_platform=True)


def deal(**fields) -> DealGoods:
    return DealGoods(**{"product_id": LAMP, "percent": 20, **fields})


def limited(*goods, **fields):
    return LimitedDraft(frame=frame(**fields), goods=goods or (deal(),))


def store_wide(**fields):
    return StoreWideDraft(**{"frame": frame(), "percent": 10, **fields})


def buy_get(**fields):
    return BuyGetDraft(**{"frame": frame(), "buy": 2, "get": 1, **fields})


def tiers(*given, **fields):
    return SpendSaveDraft(**{"frame": frame(), "tiers": given or (tier(),), **fields})


def tier(**fields):
    return TierDraft(**{"min_amount": usd(5000), "amount": usd(500), **fields})


def bundle(**fields):
    goods = (BundleGoods(product_id=LAMP), BundleGoods(product_id=RUG))
    return BundleDraft(**{"frame": frame(), "goods": goods, "price": usd(6000), **fields})


def coupon(**fields):
    return CouponDraft(**{"frame": frame(), "amount": usd(500), "valid_days": 14, **fields})


def test_what_is_right_is_right_for_all_six_tools():
    for draft in (limited(), store_wide(), buy_get(), tiers(), bundle(), coupon()):
        assert check(draft, OWNER, AT) == ()


WRONG = {
    "without a name": (limited(name=""), {"name": "name.missing"}),
    "a long name": (limited(name="x" * 61), {"name": "name.long"}),
    "ends before it begins": (limited(until=AT), {"until": "until.before"}),
    "is over": (limited(since=AT - timedelta(days=3), until=AT - timedelta(days=1)), {"until": "until.past"}),
    "a deal of two months": (limited(until=AT + timedelta(days=62)), {"until": "until.long"}),
    "began two years ago": (
        limited(since=AT - timedelta(days=700), until=AT + timedelta(days=1)), {"since": "since.past"},
    ),
    "two years ahead": (
        limited(since=AT + timedelta(days=700), until=AT + timedelta(days=701)), {"until": "until.far"},
    ),
    "a country there is not": (limited(markets=("BR", "XX")), {"markets": "market.unknown"}),
    "a segment there is not": (limited(audience=Audience.SEGMENT, segment="rich"), {"segment": "segment.unknown"}),
    "a cap of another currency": (limited(budget=Money(100, "EUR")), {"budget": "amount.currency"}),
    "a cap of nothing": (limited(budget=usd(0)), {"budget": "amount.range"}),
    "no goods": (LimitedDraft(frame=frame(), goods=()), {"goods": "goods.none"}),
    "another store's goods": (limited(deal(product_id=OTHERS)), {"goods.0": "goods.unknown"}),
    "goods off sale": (limited(deal(product_id=GONE)), {"goods.0": "goods.not_on_sale"}),
    "a variant of other goods": (limited(deal(variant_id=PLAIN)), {"goods.0": "variant.unknown"}),
    "the same goods twice": (limited(deal(), deal()), {"goods.1": "goods.twice"}),
    "a product and one of its variants": (limited(deal(), deal(variant_id=RED)), {"goods.1": "goods.twice"}),
    "a hundred percent": (limited(deal(percent=100)), {"goods.0.percent": "percent.range"}),
    "nothing off": (limited(deal(percent=0)), {"goods.0.percent": "percent.range"}),
    "price and percentage": (limited(deal(variant_id=RED, price=usd(100))), {"goods.0.percent": "deal.both"}),
    "a price for all variants": (limited(deal(percent=0, price=usd(100))), {"goods.0.price": "deal.price_of_variant"}),
    "a number of pieces of no variant": (limited(deal(quantity=2)), {"goods.0.quantity": "deal.quantity_of_variant"}),
    "more pieces than there are": (limited(deal(variant_id=BLUE, quantity=4)), {"goods.0.quantity": "deal.stock"}),
    "no pieces": (limited(deal(variant_id=BLUE, quantity=0)), {"goods.0.quantity": "quantity.range"}),
    "none for each buyer": (limited(deal(per_buyer=0)), {"goods.0.per_buyer": "per_buyer.range"}),
    "store-wide at nothing": (store_wide(percent=0), {"percent": "percent.range"}),
    "another store's group": (store_wide(scope=ScopeDraft(group_id=LAMP)), {"group": "group.unknown"}),
    "a category there is not": (store_wide(scope=ScopeDraft(categories=("sea",))), {"categories": "category.unknown"}),
    "no products chosen": (store_wide(scope=ScopeDraft(products=())), {"goods": "goods.none"}),
    "nothing to buy": (buy_get(buy=0), {"buy": "number.range"}),
    "nothing to get": (buy_get(get=0), {"get": "number.range"}),
    "a gift of another store": (buy_get(gifts=(OTHERS,)), {"gifts.0": "goods.unknown"}),
    "no steps": (SpendSaveDraft(frame=frame(), tiers=()), {"tiers": "tiers.none"}),
    "six steps": (tiers(*(tier(min_amount=usd(5000 + n), amount=usd(500 + n)) for n in range(6))), {"tiers": "tiers.many"}),
    "a step of no measure": (tiers(tier(min_amount=None)), {"tiers.0": "tier.threshold"}),
    "a step of both measures": (tiers(tier(min_items=3)), {"tiers.0": "tier.both"}),
    "a step that gives all": (tiers(tier(amount=usd(5000))), {"tiers.0.amount": "tier.gives_all"}),
    "a step that gives nothing": (tiers(tier(amount=None)), {"tiers.0.percent": "benefit.none"}),
    "steps of different measures": (
        tiers(tier(), tier(min_amount=None, min_items=3, amount=usd(900))), {"tiers.1": "tier.measure"},
    ),
    "a lower second step": (tiers(tier(), tier(min_amount=usd(4000), amount=usd(600))), {"tiers.1": "tier.order"}),
    "a second step worth no more": (tiers(tier(), tier(min_amount=usd(9000))), {"tiers.1": "tier.worth"}),
    "steps of amount and percent": (
        tiers(tier(), tier(min_amount=usd(9000), amount=None, percent=20)), {"tiers.1": "tier.benefit"},
    ),
    "a bundle of one": (bundle(goods=(BundleGoods(product_id=LAMP),), price=usd(100)), {"goods": "bundle.few"}),
    "a bundle that saves nothing": (bundle(price=usd(6800)), {"price": "bundle.dearer"}),
    "a bundle of the same twice": (
        bundle(goods=(BundleGoods(product_id=LAMP), BundleGoods(product_id=LAMP)), price=usd(100)), {"goods.1": "goods.twice"},
    ),
    "a bundle of other goods": (bundle(goods=(BundleGoods(product_id=OTHERS, each=2),)), {"goods.0": "goods.unknown"}),
    "a coupon of nothing": (coupon(amount=None), {"percent": "benefit.none"}),
    "a coupon of both": (coupon(percent=5), {"percent": "benefit.both"}),
    "a cap on an amount": (coupon(cap=usd(100)), {"cap": "benefit.cap"}),
    "a coupon worth more than one spends": (coupon(min_spend=usd(400)), {"min_spend": "coupon.min_spend"}),
    "no coupons": (coupon(total=0), {"total": "number.range"}),
    "more for one than there are": (coupon(total=2, per_buyer=3), {"per_buyer": "coupon.per_buyer"}),
    "a short code": (coupon(means=Means.CODE, code="SALE"), {"coupon_code": "coupon.code"}),
    "a code in small letters": (coupon(means=Means.CODE, code="spring10"), {"coupon_code": "coupon.code"}),
    "a code nobody asks for": (coupon(code="SPRING10"), {"coupon_code": "coupon.no_code"}),
    "targeted at everyone": (coupon(means=Means.TARGETED), {"audience": "coupon.segment"}),
    "for following, to everyone": (coupon(means=Means.FOLLOWER), {"audience": "coupon.followers"}),
    "no time to use it": (coupon(valid_days=None), {"valid_days": "coupon.validity"}),
    "two times to use it": (coupon(valid_until=AT + timedelta(days=9)), {"valid_days": "coupon.validity"}),
    "used no longer than claimed": (
        coupon(valid_days=None, valid_until=AT + timedelta(days=6)), {"valid_until": "coupon.valid_short"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_on_its_field(name):
    draft, expected = WRONG[name]
    assert {refusal.field: refusal.code for refusal in check(draft, OWNER, AT)} == expected


def test_everything_wrong_is_said_at_once():
    refused = check(limited(deal(product_id=OTHERS), deal(percent=0), name="", until=AT), OWNER, AT)
    assert {refusal.field for refusal in refused} == {"name", "until", "goods.0", "goods.1.percent"}


def test_the_platform_gives_coupons_and_spend_and_save_on_categories_only():
    euros = {"min_amount": Money(5000, "EUR"), "amount": Money(500, "EUR")}
    assert check(tiers(tier(**euros), scope=ScopeDraft(categories=("home",))), PLATFORM, AT) == ()
    assert check(coupon(amount=Money(500, "EUR")), PLATFORM, AT) == ()
    assert [r.code for r in check(store_wide(), PLATFORM, AT)] == ["kind.platform"]
    assert [r.code for r in check(tiers(tier(**euros), scope=ScopeDraft(products=(LAMP,))), PLATFORM, AT)] == ["goods.platform"]


def test_one_that_began_is_as_long_as_it_lasts_from_now():
    assert check(limited(since=AT - timedelta(days=40), until=AT + timedelta(days=30)), OWNER, AT) == ()


def test_there_is_a_sentence_for_everything_that_can_be_wrong():
    rules = Path("caravan/promotions").rglob("*.py")
    codes = {code for path in rules for code in re.findall(r"Refusal\(\s*[^,]+,\s*\"([a-z_]+\.[a-z_]+)\"", path.read_text())}
    assert len(codes) > 60
    assert codes == set(_sentences())


def test_a_sentence_names_amounts_and_days_of_the_store():
    about = {
        "title": "Lamp",
        "sku": "red",
        "price": usd(1500),
        "lowest": usd(1400),
        "since": AT,
        "until": AT + timedelta(hours=14),
    }
    said = say(Refusal("goods.0", "truth.not_lower", about), "America/New_York")
    assert "cost $14.00 from March 2, 2026 to March 2, 2026" in said
    assert "$15.00 is no less" in said
