"""Promotions by file: each line that cannot be used is told, the rest is kept, and twice changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.catalog.models import Product
from caravan.kernel.errors import Invalid, NotFound
from caravan.promotions.actions.groups import save_group
from caravan.promotions.actions.importing import bring_in
from caravan.promotions.actions.starting import stop_promotion
from caravan.promotions.models import Promotion
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.queries.export import promotions_csv
from caravan.promotions.queries.owners import owner_for
from caravan.promotions.rules.drafts import ScopeDraft
from caravan.promotions.rules.sheet import COLUMNS
from tests import factories
from tests.factories import AT
from tests.promotions.selling import seller, sold_at, usd

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def shop():
    return seller(zone="America/New_York")


def sheet(*rows: dict[str, str]) -> list[str]:
    lines = [",".join(COLUMNS), *(",".join(row.get(name, "") for name in COLUMNS) for row in rows)]
    return [line + "\r\n" for line in lines]


def terms(ref: str, tool: str, **cells: str) -> dict[str, str]:
    return {"id": ref, "tool": tool, "name": "Spring", "begins": "2026-03-02 08:00", "ends": "2026-03-09 08:00", **cells}


def bring(shop, *rows: dict[str, str], at=AT):
    return bring_in(**shop.who, lines=sheet(*rows), at=at)


def counts(done) -> tuple[int, int, int, int]:
    return (done.created, done.updated, done.unchanged, len(done.refused))


def lamp(shop, **cells: str) -> dict[str, str]:
    return {"id": "flash", "sku": shop.lamp.sku, **cells}


def test_lines_of_one_id_are_one_promotion_by_the_stores_clock(shop):
    done = bring(
        shop,
        terms("flash", "limited", sku=shop.lamp.sku, price="15.00", pieces="5"),
        {"id": "flash", "product": shop.rug.product.external_ref, "percent": "20", "per_buyer": "1"},
    )
    assert counts(done) == (1, 0, 0, 0)
    draft = draft_of(Promotion.objects.get())
    assert draft.frame.since == AT + timedelta(hours=1)  # eight in New York
    assert [(g.variant_id, g.price, g.percent, g.quantity, g.per_buyer) for g in draft.goods] == [
        (shop.lamp.pk, usd(1500), 0, 5, None),
        (None, None, 20, None, 1),
    ]


def test_all_six_tools_go_out_and_come_back_unchanged(shop):
    group = save_group(**shop.who, name="Lights", product_ids=[shop.lamp.product_id], at=AT)
    for draft in shop.drafts():
        shop.save(draft)
    shop.start(shop.store_wide(5, scope=ScopeDraft(group_id=group)))
    text = promotions_csv(owner_for(**shop.who), AT)
    done = bring_in(**shop.who, lines=text.splitlines(keepends=True), at=LATER)
    assert counts(done) == (0, 0, 7, 0)
    Promotion.objects.all().delete()
    other = bring_in(**shop.who, lines=text.splitlines(keepends=True), at=AT)
    assert counts(other) == (7, 0, 0, 0)
    again = promotions_csv(owner_for(**shop.who), AT)
    assert sorted(again.splitlines()) == sorted(text.splitlines())


def test_the_same_file_again_changes_nothing_though_it_was_started_late(shop):
    row = terms("flash", "limited", state="on", begins="2026-03-01 08:00", sku=shop.lamp.sku, price="15.00")
    assert counts(bring(shop, row)) == (1, 0, 0, 0)
    assert Promotion.objects.get().state == "on"
    assert counts(bring(shop, row, at=LATER)) == (0, 0, 1, 0)


def test_a_changed_draft_is_written_anew_and_a_started_one_is_on(shop):
    row = terms("flash", "limited", sku=shop.lamp.sku, price="15.00")
    bring(shop, row)
    assert counts(bring(shop, {**row, "price": "14.00", "state": "on"})) == (0, 1, 0, 0)
    assert Promotion.objects.get().state == "on"


def test_a_line_that_stands_in_the_way_is_refused_and_the_others_kept(shop):
    sold_at(shop.lamp, 1400, since=-20, until=-10)
    done = bring(
        shop,
        terms("flash", "limited", sku=shop.lamp.sku, price="15.00"),
        {"id": "flash", "sku": shop.rug.sku, "price": "40"},
        {"id": "flash", "sku": "nothing", "price": "40"},
        {"id": "flash", "sku": shop.rug.sku, "price": "cheap"},
    )
    assert counts(done) == (1, 0, 0, 3)
    assert [(r.line, r.ref) for r in done.refused] == [(2, "flash"), (4, "flash"), (5, "flash")]
    assert "cost $14.00" in done.refused[0].reason
    assert "“nothing” is not the SKU of a variant of this store" in done.refused[1].reason
    assert "price: “cheap” is not an amount" in done.refused[2].reason
    assert [g.variant_id for g in draft_of(Promotion.objects.get()).goods] == [shop.rug.pk]


def test_a_promotion_none_of_whose_goods_can_be_used_is_not_one_on_everything(shop):
    """The terms stand on a line of their own, which nothing is wrong with."""
    Product.objects.filter(pk=shop.rug.product_id).update(status="withdrawn")
    goods = ({"sku": "nothing"}, {"sku": shop.rug.sku})
    done = bring(shop, terms("a", "store_wide", percent="10"), *({"id": "a", **cells} for cells in goods))
    assert counts(done) == (0, 0, 0, 3)
    assert "Choose at least one product." in [one.reason for one in done.refused]
    whole = bring(shop, terms("b", "buy_get", buy="2", get="1"), {"id": "b", "role": "gift", "sku": shop.lamp.sku})
    assert counts(whole) == (1, 0, 0, 0)
    assert draft_of(Promotion.objects.get()).scope == ScopeDraft()


def test_what_is_given_is_never_the_goods_themselves_because_a_line_is_wrong(shop):
    Product.objects.filter(pk=shop.rug.product_id).update(status="withdrawn")
    for n, sku in enumerate(("nothing", shop.rug.sku)):
        done = bring(shop, terms(f"a{n}", "buy_get", buy="1", get="1"), {"id": f"a{n}", "role": "gift", "sku": sku})
        assert counts(done) == (0, 0, 0, 2)
        assert done.refused[0].reason == "Choose what is given."
        assert (sku if n == 0 else "is not on sale") in done.refused[1].reason


def test_a_step_on_a_line_that_is_refused_is_no_step(shop):
    steps = ({"spend": "50", "amount": "5"}, {"id": "a", "spend": "100", "amount": "15", "sku": "nothing"})
    done = bring(shop, {**terms("a", "spend_save"), **lamp(shop), **steps[0], "id": "a"}, steps[1])
    assert counts(done) == (1, 0, 0, 1)
    assert [tier.amount for tier in draft_of(Promotion.objects.get()).tiers] == [usd(500)]


def test_no_categories_are_not_all_of_them(shop):
    done = bring(shop, terms("a", "store_wide", percent="10", scope="categories:"))
    assert [one.reason[:27] for one in done.refused] == ["“categories:” says no goods"]


def test_terms_that_cannot_be_used_refuse_all_their_lines_and_no_others(shop):
    done = bring(
        shop,
        terms("a", "limited", ends="someday", sku=shop.lamp.sku, price="15"),
        {"id": "a", "sku": shop.rug.sku, "price": "40"},
        terms("b", "store_wide", percent="10", scope="all"),
        terms("c", "lottery"),
        terms("", "store_wide", percent="10"),
        terms("d", "store_wide", percent="200"),
    )
    assert counts(done) == (1, 0, 0, 5)
    assert {r.ref: r.reason for r in done.refused} == {
        "a": "ends: “someday” is not a day and time. Write it like 2026-12-31 09:00, by your store's clock.",
        "c": "“lottery” is no tool. Use limited, store_wide, buy_get, spend_save, bundle or coupon.",
        "": "Give the promotion an id of your own in the column id: the lines of one id belong together.",
        "d": "A percentage is a whole number from 1 to 99.",
    }


@pytest.mark.parametrize("cells", [{"sku": "none-such"}, {"sku": "", "each": "0"}], ids=["no such goods", "no piece of it"])
def test_a_bundle_that_loses_a_line_is_not_sold_with_the_others(shop, cells):
    whole = [{**terms("set", "bundle", price="45.00"), "sku": shop.lamp.sku}, {"id": "set", "sku": shop.rug.sku}]
    bad = {"id": "set", "each": "1", **cells} | ({} if cells["sku"] else {"sku": factories.variant(shop.lamp.product).sku})
    done = bring(shop, *whole, bad)
    assert counts(done) == (0, 0, 0, 3)
    assert [r.reason for r in done.refused[:2]] == ["A bundle is sold whole: another line of it is refused."] * 2
    assert not Promotion.objects.exists()
    assert counts(bring(shop, *whole)) == (1, 0, 0, 0)


def test_what_is_over_or_stopped_is_not_changed_by_a_file(shop):
    row = terms("flash", "limited", state="on", sku=shop.lamp.sku, price="15.00")
    bring(shop, row)
    stop_promotion(**shop.who, promotion_id=Promotion.objects.get().pk, at=AT)
    done = bring(shop, {**row, "price": "14.00"})
    assert counts(done) == (0, 0, 0, 1)
    assert "was stopped" in done.refused[0].reason


def test_a_start_that_is_refused_keeps_nothing_of_it(shop):
    done = bring(shop, terms("flash", "limited", state="on", sku=shop.lamp.sku, price="15.00", pieces="11"))
    assert counts(done) == (0, 0, 0, 1)
    assert "10 pieces" in done.refused[0].reason
    assert not Promotion.objects.exists()


def test_a_file_that_is_none_of_promotions_is_refused_whole(shop):
    with pytest.raises(Invalid, match="no column id, tool"):
        bring_in(**shop.who, lines=["name,price\n", "a,1\n"], at=AT)


def test_another_stores_file_finds_none_of_these_goods(shop):
    other = seller()
    done = bring_in(**other.who, lines=sheet(terms("flash", "limited", sku=shop.lamp.sku, price="15.00")), at=AT)
    assert counts(done) == (0, 0, 0, 1)
    with pytest.raises(NotFound):
        bring_in(user_id=other.user_id, slug=shop.store.slug, lines=sheet(), at=AT)


def test_what_a_spreadsheet_would_run_is_text(shop):
    shop.save(shop.store_wide(10, name="=cmd()"))
    text = promotions_csv(owner_for(**shop.who), AT)
    assert "'=cmd()" in text
    assert counts(bring_in(**shop.who, lines=text.splitlines(keepends=True), at=AT)) == (0, 0, 1, 0)


def test_goods_are_looked_up_at_once_however_many_lines(shop, django_assert_max_num_queries):
    rows = [terms("flash", "limited", sku=shop.lamp.sku, price="15.00"), {"id": "flash", "sku": shop.rug.sku, "price": "40"}]
    for _ in range(20):
        small = factories.variant(shop.lamp.product, price_minor=2000)
        small.prices.update(since=AT - timedelta(days=90))
        rows.append({"id": "flash", "sku": small.sku, "price": "15.00"})
    with django_assert_max_num_queries(40):
        assert counts(bring(shop, *rows)) == (1, 0, 0, 0)


def test_goods_that_a_file_names_twice_are_in_it_once_and_twice_the_same_file_changes_nothing(shop):
    rows = ({**terms("a", "buy_get", buy="2", get="1"), **lamp(shop), "id": "a"}, lamp(shop, id="a"))
    gifts = ({**rows[0], "id": "b"}, lamp(shop, id="b", role="gift"), lamp(shop, id="b", role="gift"))
    assert counts(bring(shop, *rows, *gifts)) == (2, 0, 0, 0)
    assert counts(bring(shop, *rows, *gifts)) == (0, 0, 2, 0)


def test_categories_named_twice_are_one(shop):
    path = shop.lamp.product.category.path
    bring(shop, terms("a", "store_wide", percent="10", scope=f"categories:{path} {path}"))
    assert Promotion.objects.get().categories == [path]


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_a_day_out_of_all_calendars_refuses_its_lines_and_no_others(zone):
    shop = seller(zone=zone)
    odd = [("a", {"begins": "0001-01-01"}), ("b", {"ends": "9999-12-31 23:59"}), ("c", {})]
    done = bring(shop, *(terms(ref, "store_wide", percent="10", **cells) for ref, cells in odd))
    assert (done.created, sorted(one.ref for one in done.refused)) == (1, ["a", "b"])
