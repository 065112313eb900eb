"""A product page while something is on offer: what it says of prices is what history bears, and nothing else."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from caravan.catalog.models import Price, Variant
from caravan.promotions.models import Bucket
from caravan.stores.actions import follow_store
from caravan.trade.models import CartLine
from tests import factories
from tests.promotions.running import bundle, deal, listed_since, running, tiers
from tests.web.published import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp():
    factories.rates()
    made = factories.product(
        factories.store(slug="lumen", name="Lumen"), factories.category("lamps"), title="Brass lamp", price_minor=2_000
    )
    listed_since(made, 200)
    return made


def path(product, market="en-us"):
    return f"/{market}/p/{product.slug}/{product.pk}/"


def page(client, product, market="en-us"):
    return checked(client.get(path(product, market)).content.decode()).replace("\xa0", " ")


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def asked(html):
    """The price search engines read."""
    return re.search(r'"price": ?"([^"]+)"', html)[1]


def test_a_deal_shows_its_price_what_it_was_and_by_how_much_it_is_less(client, lamp):
    deal(lamp, percent=25)
    seen = page(client, lamp)
    assert "$15.00" in seen
    assert re.search(r"<s>.*\$20\.00</s>", seen)
    assert "−25%" in seen
    assert "Crossed out is the lowest price of the 30 days before the deal began: $20.00" in words(seen)
    assert re.search(r"Deal: Flash\s+\$15\.00", words(seen))
    assert asked(seen) == "15.00"


def test_what_is_crossed_out_is_the_lowest_price_of_thirty_days_and_not_the_last(client, lamp):
    now = timezone.now()
    Price.objects.update(since=now - timedelta(days=3))
    variant = lamp.variants.get()
    for start, end, minor in ((200, 10, 1_600), (10, 3, 2_400)):
        Price.objects.create(
            variant=variant, minor=minor, currency="USD", since=now - timedelta(days=start), until=now - timedelta(days=end)
        )
    deal(lamp, percent=25)
    seen = page(client, lamp)
    assert re.search(r"<s>.*\$16\.00</s>", seen)
    assert "−6%" in seen  # 15.00 against 16.00, rounded down; against 20.00 it would have been 25
    assert "lowest price in 90 days" in words(seen).lower()


def test_goods_that_are_new_have_a_price_and_nothing_crossed_out(client, lamp):
    listed_since(lamp, 2)
    deal(lamp, percent=25)
    seen = page(client, lamp)
    assert "$15.00" in seen
    assert "<s>" not in seen
    assert "−25%" not in seen
    assert "Lowest price in 90 days" not in seen


def test_a_price_that_was_lower_is_no_lowest_one(client, lamp):
    now = timezone.now()
    Price.objects.update(since=now - timedelta(days=40))
    Price.objects.create(
        variant=lamp.variants.get(), minor=1_200, currency="USD", since=now - timedelta(days=200), until=now - timedelta(days=40)
    )
    deal(lamp, percent=25)
    seen = page(client, lamp)
    assert "Lowest price in 90 days" not in seen
    assert "It was cheapest until" in seen


def test_a_deal_is_shown_in_the_visitors_currency_and_so_is_what_it_was(client, lamp):
    deal(lamp, percent=25)
    seen = page(client, lamp, "en-br")
    assert "R$72.00" in seen  # 15 at 4.8
    assert re.search(r"<s>.*R\$96\.00</s>", seen)


def test_the_countdown_runs_by_the_servers_clock_and_stands_without_scripts(client, lamp):
    goods = deal(lamp)
    seen = page(client, lamp)
    time = re.search(r'<time [^>]*datetime="([^"]+)" data-countdown data-now="([^"]+)">until [^<]+</time>', seen)
    assert time[1] == goods.promotion.until.isoformat()
    assert abs(timezone.now() - timezone.datetime.fromisoformat(time[2])) < timedelta(minutes=1)


def test_the_stock_bar_says_what_is_left_and_is_renewed_while_somebody_looks(client, lamp):
    goods = deal(lamp, pieces=8, per_buyer=2)
    assert "8 of 8 left at this price" in words(page(client, lamp))
    Bucket.objects.filter(subject_id=goods.pk).update(left=0)
    Bucket.objects.filter(subject_id=goods.pk, number=0).update(left=1)
    seen = page(client, lamp)
    assert "1 of 8 left at this price" in words(seen)
    assert "At most 2 pieces at this price for each buyer" in words(seen)
    watched = re.search(r'data-watch="([^"]+)"', seen)[1]
    Bucket.objects.filter(subject_id=goods.pk).update(left=0)
    after = client.get(watched)
    assert after["cache-control"] == "no-store"
    assert "All taken" in after.content.decode()
    assert "data-watch" not in after.content.decode()  # nobody asks any more
    assert "$20.00" in page(client, lamp)  # and the price is the store's own again


def test_a_deal_that_is_over_has_nothing_left_and_one_of_another_product_is_none(client, lamp):
    goods = deal(lamp, pieces=8)
    other = factories.product(lamp.store, lamp.category)
    assert client.get(f"/en-us/p/{other.pk}/deals/{goods.pk}/left").status_code == 404
    type(goods.promotion).objects.update(until=timezone.now() - timedelta(minutes=1))
    assert "All taken" in client.get(f"/en-us/p/{lamp.pk}/deals/{goods.pk}/left").content.decode()


def test_what_is_for_followers_costs_followers_less_and_nobody_else(client, lamp):
    deal(lamp, audience="followers")
    assert asked(page(client, lamp)) == "20.00"
    ana = factories.user()
    client.force_login(ana)
    assert asked(page(client, lamp)) == "20.00"
    follow_store(user_id=ana.pk, store_id=lamp.store_id, at=timezone.now())
    seen = page(client, lamp)
    assert asked(seen) == "15.00"
    assert "for followers of the store" in seen


def test_tiers_and_more_for_less_are_told_in_the_visitors_currency(client, lamp):
    tiers(running(lamp.store, "spend_save", name="More is less"), {"min_amount_minor": 5_000, "amount_minor": 500})
    running(lamp.store, "buy_get", name="Third free", buy=2, get=1, percent=100)
    tiers(running(None, "spend_save", name="Market days"), {"min_items": 3, "percent": 10, "cap_minor": 2_000})
    seen = words(page(client, lamp, "en-br"))
    assert "Spend R$240.00, save R$24.00" in seen
    assert "Buy 2, get 1 free" in seen
    assert "Buy 3 pieces, save 10% (at most R$120.00)" in seen


def test_an_offer_on_other_goods_or_in_another_market_is_not_told_here(client, lamp):
    running(lamp.store, "buy_get", name="Third free", buy=2, get=1, percent=100, markets=["DE"])
    running(lamp.store, "buy_get", name="Only rugs", buy=2, get=1, percent=100, categories=["rugs"])
    seen = page(client, lamp)
    assert "Third free" not in seen
    assert "Only rugs" not in seen


def test_a_set_goes_into_the_cart_with_one_press(client, lamp):
    bulb = factories.product(lamp.store, lamp.category, title="Bulb", price_minor=500)
    bundle(lamp.store, 2_600, (lamp, 1), (bulb, 2))
    seen = page(client, lamp)
    assert "Desk set" in seen
    assert "$26.00" in seen
    assert "$30.00 one by one, at list prices" in words(seen)
    pieces = re.findall(r'name="piece" value="([^"]+)"', seen)
    answer = client.post("/en-us/cart/sets", {"piece": pieces})
    assert answer.status_code == 302
    assert sorted(CartLine.objects.values_list("variant__product__version__title", "quantity")) == [
        ("Brass lamp", 1),
        ("Bulb", 2),
    ]
    assert "$26.00" in client.get("/en-us/cart").content.decode()


def test_a_set_one_of_whose_goods_is_sold_out_is_not_shown_and_goes_into_no_cart(client, lamp):
    bulb = factories.product(lamp.store, lamp.category, title="Bulb", price_minor=500, stock=0)
    bundle(lamp.store, 2_600, (lamp, 1), (bulb, 1))
    assert "Desk set" not in page(client, lamp)
    pieces = [f"{lamp.variants.get().pk}~1", f"{bulb.variants.get().pk}~1"]
    client.post("/en-us/cart/sets", {"piece": pieces})
    assert not CartLine.objects.exists()


def test_the_chart_and_its_table_and_its_file_say_the_same(client, lamp):
    now = timezone.now()
    Price.objects.update(since=now - timedelta(days=40))
    Price.objects.create(
        variant=lamp.variants.get(), minor=1_800, currency="USD", since=now - timedelta(days=100), until=now - timedelta(days=40)
    )
    deal(lamp, percent=25)
    seen = page(client, lamp)
    table = words(seen[seen.index("Price history of what is chosen") :].split("</table>")[0])
    assert [float(x) for x in re.findall(r"\$(\d+\.\d\d)", table)] == [20.0, 15.0, 20.0, 18.0]
    assert seen.count("<path") >= 2
    file = client.get(re.search(r'href="([^"]+\.csv)"', seen)[1])
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert [(r["list_price"], r["offered_price"]) for r in rows] == [("18.00", ""), ("20.00", ""), ("20.00", "15.00")]
    assert rows[-1]["until"] == ""


def test_the_page_of_goods_on_offer_asks_two_questions_more_for_pieces_and_sets(client, lamp, django_assert_num_queries):
    page(client, lamp)
    with django_assert_num_queries(8):
        page(client, lamp)
    deal(lamp, pieces=5)
    bundle(lamp.store, 2_600, (lamp, 1), (factories.product(lamp.store, lamp.category), 1))
    page(client, lamp)
    with django_assert_num_queries(10):
        page(client, lamp)


def test_a_variant_without_a_deal_keeps_its_price_beside_one_with(client, lamp):
    lamp.variants.update(options=[["color", "red"]])
    blue = factories.variant(lamp, price_minor=2_200, options=[["color", "blue"]], sku="blue", position=1)
    listed_since(lamp, 200)
    deal(lamp, percent=50, pieces=3, variant=blue)
    assert "<s>" not in page(client, lamp)
    seen = client.get(path(lamp) + "?option-color=blue").content.decode()
    assert "$11.00" in seen
    assert Variant.objects.count() == 2
