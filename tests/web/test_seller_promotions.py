"""A merchant's promotions in the seller centre, and the operator's."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from caravan.kernel import clock
from caravan.promotions.models import MarketingGroup, OfferedPrice, Promotion
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.rules.drafts import CouponDraft, ScopeDraft, SpendSaveDraft
from caravan.promotions.rules.offers import Audience
from tests import factories
from tests.factories import AT
from tests.promotions.selling import Seller, seller, sold_at, usd

pytestmark = pytest.mark.django_db
FRAME = {
    "name": "Spring",
    "since": "2026-03-02T12:00",
    "until": "2026-03-09T12:00",
    "reach": "everywhere",
    "audience": "everyone",
}


@pytest.fixture(autouse=True)
def noon():
    with clock.stopped(AT):
        yield


@pytest.fixture
def shop(client) -> Seller:
    factories.rates()
    made = seller(slug="lumen", zone="UTC")
    client.force_login(factories.User.objects.get(pk=made.user_id))
    return made


def here(path: str = "") -> str:
    return f"/en-us/seller/lumen/promotions{path}"


def save(client, kind: str, **fields):
    return client.post(here(f"/new/{kind}"), FRAME | fields)


def text(answer) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def filled_in(page: str) -> dict[str, list[str]]:
    """What the form on the page sends if nothing is touched."""
    main = html5lib.parse(page, namespaceHTMLElements=False).find(".//main")
    sent: dict[str, list[str]] = {}
    for field in main.iter():
        if field.tag == "select":
            options = list(field.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None]
            values = [option.get("value") for option in chosen or options[: field.get("multiple") is None]]
        elif field.get("type") in ("checkbox", "radio"):
            values = [field.get("value", "on")] if field.get("checked") is not None else []
        elif field.tag in ("input", "textarea"):
            values = [field.get("value", field.text or "")]
        else:
            continue
        sent.setdefault(field.get("name"), []).extend(values)
    return sent


def only() -> Promotion:
    return Promotion.objects.get()


def limited(shop: Seller, **fields):
    variant = shop.lamp.pk
    given = {"goods": str(shop.lamp.product_id), f"v-{variant}-price": "15.00", f"v-{variant}-quantity": "5"}
    return given | fields


def test_the_list_offers_all_six_tools_and_says_what_stands_where(client, shop):
    shop.start(shop.limited())
    shop.save(shop.store_wide())
    page = text(client.get(here()))
    for tool in ("Limited deal", "Store-wide discount", "Buy some, get some", "Spend and save", "Bundle", "Coupon"):
        assert tool in page
    assert re.search(r"Live\s+1", page)
    assert re.search(r"Drafts\s+1", page)
    live = text(client.get(here("?status=live")))
    assert live.count("Spring") == 1


def test_goods_are_found_chosen_and_taken_out_without_scripts(client, shop):
    page = save(client, "limited", redraw="goods", **{"goods-q": "lam"})
    assert page.status_code == 200
    assert f'name="goods-add" value="{shop.lamp.product_id}"' in page.content.decode()
    assert str(shop.rug.product_id) not in page.content.decode()
    page = save(client, "limited", redraw="goods", **{"goods-add": [str(shop.lamp.product_id), str(shop.rug.product_id)]})
    assert page.content.decode().count('name="goods" value=') == 2
    assert "Lowest in the last 30 days: $20.00" in text(page)
    gone = {"goods": [str(shop.lamp.product_id), str(shop.rug.product_id)], "goods-remove": str(shop.rug.product_id)}
    assert save(client, "limited", redraw="goods", **gone).content.decode().count('name="goods" value=') == 1
    assert not Promotion.objects.exists()


def test_a_limited_deal_is_saved_looked_at_and_started(client, shop):
    answer = save(client, "limited", **limited(shop))
    promotion = only()
    assert answer.headers["location"] == here(f"/{promotion.pk}")
    page = text(client.get(here(f"/{promotion.pk}")))
    assert re.search(r"Greatest loss possible\s+\$25.00", page)
    assert "−25%" in page
    client.post(here(f"/{promotion.pk}/start"))
    promotion.refresh_from_db()
    assert promotion.state == "on"
    assert OfferedPrice.objects.get().minor == 1500


def test_a_product_as_a_whole_or_its_variants_one_by_one(client, shop):
    blue = factories.variant(shop.lamp.product, price_minor=2200)
    blue.prices.update(since=AT - timedelta(days=90))
    lamp = shop.lamp.product_id
    save(client, "limited", goods=str(lamp), **{f"p-{lamp}-percent": "10", f"p-{lamp}-per_buyer": "2"})
    [row] = draft_of(only()).goods
    assert (row.variant_id, row.percent, row.per_buyer) == (None, 10, 2)
    Promotion.objects.all().delete()
    save(client, "limited", goods=str(lamp), **{f"p-{lamp}-percent": "10", f"v-{blue.pk}-price": "16"})
    found = {row.variant_id: (row.percent, row.price) for row in draft_of(only()).goods}
    assert found == {shop.lamp.pk: (10, None), blue.pk: (0, usd(1600))}


def test_a_fake_discount_is_refused_with_the_days_and_nothing_typed_is_lost(client, shop):
    sold_at(shop.lamp, 1400, since=-20, until=-10)
    answer = save(client, "limited", **limited(shop, budget="99,50"))
    assert answer.status_code == 422
    page = text(answer)
    assert "cost $14.00 from February 10, 2026 to February 20, 2026" in page
    shown_again = answer.content.decode()
    assert 'value="15.00"' in shown_again
    assert 'value="99,50"' in shown_again
    assert 'value="Spring"' in shown_again
    assert not Promotion.objects.exists()


def test_what_cannot_be_read_is_told_under_its_field(client, shop):
    answer = save(client, "store_wide", percent="much", until="tomorrow", budget="1.2.3")
    assert answer.status_code == 422
    page = text(answer)
    for sentence in ("Write a whole number.", "Choose a day and a time.", "Write an amount like 12.34."):
        assert sentence in page


def test_each_other_tool_is_saved_as_typed(client, shop):
    lamp, rug = str(shop.lamp.product_id), str(shop.rug.product_id)
    save(client, "store_wide", percent="10%", scope="chosen", goods=[lamp, rug])
    assert draft_of(only()).scope.products == (shop.lamp.product_id, shop.rug.product_id)
    Promotion.objects.all().delete()
    save(client, "buy_get", buy="1", get="1", percent="50", gives="others", scope="chosen", goods=rug, gifts=lamp, times="2")
    found = draft_of(only())
    assert (found.buy, found.get, found.percent, found.gifts, found.times) == (1, 1, 50, (shop.lamp.product_id,), 2)
    Promotion.objects.all().delete()
    tiers = {"tier-0-min_amount": "50", "tier-0-amount": "5", "tier-3-min_amount": "100", "tier-3-amount": "15"}
    save(client, "spend_save", scope="all", **tiers)
    assert [(t.min_amount.minor, t.amount.minor) for t in draft_of(only()).tiers] == [(5000, 500), (10000, 1500)]
    Promotion.objects.all().delete()
    save(client, "bundle", goods=[lamp, rug], price="60", **{f"b-{lamp}-each": "2", f"b-{rug}-variant": str(shop.rug.pk)})
    assert [(row.each, row.variant_id) for row in draft_of(only()).goods] == [(2, None), (1, shop.rug.pk)]
    Promotion.objects.all().delete()
    coupon = {"means": "code", "coupon_code": "hello-2026", "percent": "10", "cap": "5", "per_buyer": "1", "total": "50"}
    save(client, "coupon", scope="all", validity="days", valid_days="14", stackable="on", **coupon)
    found = draft_of(only())
    assert isinstance(found, CouponDraft)
    assert (found.code, found.percent, found.cap, found.total, found.stackable) == ("HELLO2026", 10, usd(500), 50, True)


def test_a_wrong_step_is_told_in_its_row(client, shop):
    tiers = {"tier-0-min_amount": "50", "tier-0-amount": "5", "tier-2-min_amount": "40", "tier-2-amount": "15"}
    answer = save(client, "spend_save", scope="all", **tiers)
    assert "Each step begins higher than the one before." in text(answer)
    assert 'id="id_tier-2"' in answer.content.decode()


def test_a_form_shows_a_stored_promotion_as_it_is_and_saving_it_changes_nothing(client, shop):
    for draft in shop.drafts():
        made = shop.save(draft)
        page = client.get(here(f"/{made}/terms"))
        assert page.status_code == 200
        answer = client.post(here(f"/{made}/terms"), filled_in(page.content.decode()))
        assert answer.status_code == 302, text(answer)
        assert draft_of(Promotion.objects.get(pk=made)) == draft


def test_markets_and_audience_are_chosen(client, shop):
    save(
        client,
        "store_wide",
        percent="10",
        scope="all",
        reach="chosen",
        markets=["BR", "PL"],
        audience="segment",
        segment="lapsed",
    )
    frame = draft_of(only()).frame
    assert (frame.markets, frame.audience, frame.segment) == (("BR", "PL"), Audience.SEGMENT, "lapsed")


def test_who_chooses_no_country_or_department_is_asked_again_and_does_not_get_all_of_them(client, shop):
    answer = save(client, "store_wide", percent="10", scope="all", reach="chosen")
    assert (answer.status_code, "Choose a country from the list." in text(answer)) == (422, True)
    client.force_login(factories.user(is_staff=True))
    coupon = {"means": "collect", "percent": "10", "per_buyer": "1", "validity": "days", "valid_days": "14"}
    answer = client.post("/en-us/operator/promotions/new/coupon", FRAME | coupon | {"scope": "categories"})
    assert (answer.status_code, "Choose one from the list." in text(answer)) == (422, True)
    assert not Promotion.objects.exists()


def test_what_may_be_done_is_what_has_a_button(client, shop):
    made = shop.start(shop.limited())
    page = client.get(here(f"/{made}")).content.decode()
    assert {noun for noun in ("start", "pause", "resumption", "stop", "copy", "removal") if f"/{made}/{noun}" in page} == {
        "pause", "stop", "copy",
    }  # fmt: skip
    client.post(here(f"/{made}/pause"))
    assert "Paused" in text(client.get(here(f"/{made}")))
    answer = client.post(here(f"/{made}/copy"))
    copied = Promotion.objects.exclude(pk=made).get()
    assert answer.headers["location"] == here(f"/{copied.pk}")
    client.post(here(f"/{copied.pk}/removal"))
    assert not Promotion.objects.filter(pk=copied.pk).exists()
    assert client.get(here(f"/{made}/terms")).status_code == 409
    assert client.post(here(f"/{made}/anything")).status_code == 404


def test_a_start_that_is_refused_says_why_on_the_page(client, shop):
    made = shop.save(shop.limited())
    sold_at(shop.lamp, 1400, since=-20, until=-10)
    page = text(client.get(here(f"/{made}")))
    assert "This cannot start as it is" in page
    answer = client.post(here(f"/{made}/start"))
    assert answer.status_code == 422
    assert "cost $14.00" in text(answer)
    assert only().state == "draft"


def test_history_that_bears_less_is_shown_before_the_start(client, shop):
    sold_at(shop.lamp, 1900, since=-20, until=-10)
    sold_at(shop.rug, 4000, since=-20, until=-10)
    made = shop.save(shop.store_wide(15))
    page = text(client.get(here(f"/{made}")))
    assert "Prices: 2; with a smaller cut than by the list price: 1; without any: 1" in page
    assert "No discount is announced." in page
    assert "−10%" in page  # 17.00 beside 19.00


def test_the_page_of_a_deal_that_runs_says_what_buyers_read(client, shop):
    """Held against the prices before it began: its own is not one of them."""
    made = shop.start(shop.limited())
    page = text(client.get(here(f"/{made}")))
    assert "−25%" in page
    assert "No discount is announced." not in page


def test_variants_of_which_the_same_is_said_stand_in_the_preview_once(client, shop):
    variant = shop.lamp
    twin = {"sku": "twin", "options": [["colour", "blue"]], "price_minor": 2_000, "currency": "USD", "stock": 9}
    made = type(variant).objects.create(product=variant.product, **twin)
    sold_at(made, 2_000, since=-90, until=-60)
    save(client, "limited", goods=str(variant.product_id), **{f"p-{variant.product_id}-percent": "25"})
    page = text(client.get(here(f"/{only().pk}")))
    assert "2 variants" in page
    assert "twin" not in page


def test_an_operator_is_told_where_a_coupon_of_the_market_is_collected(client, shop):
    client.force_login(factories.user(is_staff=True))
    page = text(client.get("/en-us/operator/promotions/new/coupon"))
    assert "on its page and among all coupons" in page
    assert "and on yours" not in page


def test_a_cart_shows_what_buyers_will_pay(client, shop):
    made = shop.save(shop.bundle(price=usd(6000)))
    page = text(client.get(here(f"/{made}")))
    assert "What a cart will say" in page
    assert re.search(r"Spring\s+−\$10.00\s+To pay\s+\$60.00", page)


def test_the_calendar_has_a_bar_for_what_runs(client, shop):
    shop.start(shop.limited())
    shop.start(shop.limited(shop.deal(shop.rug, price=usd(4000)), since=AT + timedelta(days=20), until=AT + timedelta(days=40)))
    page = text(client.get(here("/calendar")))
    assert "from day 2 to day 9" in page
    assert "from day 22 to day 31" in page
    assert "from day 1 to day 11" in text(client.get(here("/calendar?month=2026-04")))
    assert "Nothing runs in this month" in text(client.get(here("/calendar?month=2027-04")))
    assert client.get(here("/calendar?month=nonsense")).status_code == 200


def test_groups_are_made_changed_and_removed(client, shop):
    answer = client.post(here("/groups/new"), {"name": "Lights", "goods": str(shop.lamp.product_id)})
    assert answer.status_code == 302
    group = MarketingGroup.objects.get()
    assert "1 product" in text(client.get(here("/groups")))
    again = client.post(here("/groups/new"), {"name": "Lights", "goods": str(shop.lamp.product_id)})
    assert again.status_code == 422
    assert "is in the group “Lights” already" in text(again)
    save(client, "store_wide", percent="10", scope="group", group=str(group.pk))
    assert draft_of(only()).scope == ScopeDraft(group_id=group.pk)
    client.post(here(f"/groups/{group.pk}/removal"))
    assert MarketingGroup.objects.exists()
    Promotion.objects.all().delete()
    client.post(here(f"/groups/{group.pk}/removal"))
    assert not MarketingGroup.objects.exists()


def test_a_file_goes_out_and_comes_back_and_refused_lines_are_told(client, shop):
    shop.save(shop.limited())
    sheet = client.get(here(".csv")).content
    answer = client.post(here("/files"), {"file": SimpleUploadedFile("p.csv", sheet)})
    assert answer.status_code == 200
    assert "1 promotion: 0 new, 0 changed, 1 as it was." in text(answer)
    bad = sheet.replace(b"15.00", b"cheap")
    answer = client.post(here("/files"), {"file": SimpleUploadedFile("p.csv", bad)})
    assert answer.status_code == 422
    assert "price: “cheap” is not an amount. Write it like 12.34." in text(answer)
    assert client.post(here("/files"), {"file": SimpleUploadedFile("p.csv", b"a,b\n1,2\n")}).status_code == 422
    assert client.post(here("/files")).status_code == 422


def test_an_operator_runs_the_platforms_own_and_sees_every_stores(client, shop):
    made = shop.start(shop.limited())
    client.force_login(factories.user(is_staff=True))
    base = "/en-us/operator/promotions"
    page = text(client.get(base))
    assert "Spend and save" in page
    assert "Bundle" not in page
    tiers = {"tier-0-min_amount": "50", "tier-0-amount": "5", "scope": "all"}
    answer = client.post(f"{base}/new/spend_save", FRAME | {"name": "Black Friday"} | tiers)
    own = Promotion.objects.get(store=None)
    assert answer.headers["location"] == f"{base}/{own.pk}"
    assert isinstance(draft_of(own), SpendSaveDraft)
    assert client.post(f"{base}/{own.pk}/start").status_code == 302
    own.refresh_from_db()
    assert (own.state, own.currency) == ("on", "EUR")
    assert "Spring" in text(client.get(f"{base}/stores"))
    looked = client.get(f"{base}/{made}").content.decode()
    assert "Spring" in looked
    assert f"{base}/{made}/stop" not in looked
    assert client.post(f"{base}/{made}/stop").status_code == 404
    assert client.get(f"{base}/new/bundle").status_code == 404
