from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.catalog.rules import (
    AttributeSpec,
    canonical,
    check,
    check_digit,
    gtin_error,
    material_change,
    one_line,
    paragraphs,
    with_rows,
)
from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from tests.catalog.drafts import draft, variant


def codes(wrong) -> set[tuple[str, str]]:
    return {(e.field, e.code) for e in wrong}


def test_a_lamp_that_says_what_it_must_can_be_listed():
    assert check(draft(), currency="USD", specs={}) == ()


def test_everything_wrong_is_said_at_once():
    wrong = check(
        draft(title="", language="xx", gtin="123", origin="ZZ", hs_code="9", weight_grams=-1, variants=()),
        currency="USD",
        specs={},
    )
    assert codes(wrong) == {
        ("title", "title.missing"),
        ("language", "language.unknown"),
        ("gtin", "gtin.form"),
        ("origin", "origin.unknown"),
        ("hs_code", "hs_code.form"),
        ("weight_grams", "weight.range"),
        ("variants", "variants.none"),
    }


def test_a_variant_is_wrong_at_its_own_place():
    wrong = check(
        draft(
            variants=(
                variant("a", options=(("size", "S"),)),
                variant("a", price=0, options=(("size", "M"),)),
                variant("b", currency="EUR", stock=-1, options=(("size", "S"),)),
                variant("c", options=(("size", "L"),), market_prices=(("QQ", Money(1, "USD")),)),
            )
        ),
        currency="USD",
        specs={},
    )
    assert codes(wrong) == {
        ("variants.1.sku", "sku.twice"),
        ("variants.1.price", "price.range"),
        ("variants.2.price", "price.currency"),
        ("variants.2.stock", "stock.range"),
        ("variants.2.options", "options.twice"),
        ("variants.3.market_prices", "market.unknown"),
    }
    assert wrong[0].variant == 1


def test_a_category_says_which_attributes_its_goods_need():
    specs = {
        "size": AttributeSpec("size", "choice", ("S", "M"), required=True),
        "watts": AttributeSpec("watts", "number"),
        "brandname": AttributeSpec("brandname", required=True),
    }
    missing = check(draft(attributes=(("watts", "many"),)), currency="USD", specs=specs)
    assert codes(missing) == {
        ("attributes.size", "attribute.required"),
        ("attributes.watts", "attribute.number"),
        ("attributes.brandname", "attribute.required"),
    }
    sized = draft(
        attributes=(("brandname", "x"),),
        variants=(variant("a", options=(("size", "S"),)), variant("b", options=(("size", "XXL"),))),
    )
    assert codes(check(sized, currency="USD", specs=specs)) == {("variants.1.options", "attribute.choice")}


@pytest.mark.parametrize("gtin", ["4006381333931", "96385074", "036000291452", "10012345000017", ""])
def test_true_gtins_pass(gtin):
    assert gtin_error(gtin) == ""


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_one_mistyped_digit_of_a_gtin_is_always_noticed(body, place, step):
    gtin = body + str(check_digit(body))
    assert gtin_error(gtin) == ""
    typed = gtin[:place] + str((int(gtin[place]) + step) % 10) + gtin[place + 1 :]
    assert gtin_error(typed) == "gtin.check"


def test_markup_becomes_paragraphs_and_scripts_vanish():
    html = "<p>Made of <b>brass</b>.</p><script>alert(1)</script><ul><li>warm</li><li>dims &amp; tilts</li></ul><!-- x -->End"
    assert paragraphs(html) == "Made of brass.\n\n• warm\n• dims & tilts\n\nEnd"
    assert paragraphs("5 < 6 and 7 > 2\r\n\r\n\r\n\r\nnext") == "5 < 6 and 7 > 2\n\nnext"


@given(st.text())
def test_what_is_kept_of_a_text_is_never_markup_nor_control_characters(text):
    for kept in (paragraphs(text), one_line(text)):
        assert "\x00" not in kept
        assert kept == kept.strip()
    assert "\n" not in one_line(text)
    assert one_line(one_line(text)) == one_line(text)


def test_what_all_variants_share_is_an_attribute_and_what_they_differ_in_an_option():
    red = (("color", "red"),)
    made = canonical(draft(variants=(variant("a", options=(*red, ("size", "S"))), variant("b", options=(*red, ("size", "M"))))))
    assert made.attributes == (("color", "red"),)
    assert [v.options for v in made.variants] == [(("size", "S"),), (("size", "M"),)]


pairs = st.lists(
    st.tuples(st.sampled_from(["color", "size", "watts"]), st.sampled_from(["", "a", "b"])), max_size=3, unique_by=lambda p: p[0]
).map(tuple)


@given(pairs, st.lists(pairs, min_size=1, max_size=4))
def test_the_normal_form_is_its_own_normal_form(attributes, options):
    once = canonical(draft(attributes=attributes, variants=tuple(variant(str(i), options=o) for i, o in enumerate(options))))
    assert canonical(once) == once


def test_a_new_colour_moves_the_colour_from_the_product_to_its_variants():
    stored = canonical(draft(attributes=(("color", "red"),)))
    joined = with_rows(stored, draft(variants=(variant("lamp-2", options=(("color", "blue"),)),)), ("color",))
    assert joined.attributes == ()
    assert [(v.sku, v.options) for v in joined.variants] == [("lamp-1", (("color", "red"),)), ("lamp-2", (("color", "blue"),))]
    assert not material_change(stored, joined)


@pytest.mark.parametrize(
    "edit",
    [{"title": "Another lamp"}, {"category": "chairs"}, {"attributes": (("watts", "9"),)}, {"pictures": (uuid7(),)}],
    ids=lambda e: next(iter(e)),
)
def test_what_reviewers_looked_at_is_material(edit):
    assert material_change(draft(), replace(draft(), **edit))


def test_price_stock_and_description_are_not_material():
    assert not material_change(draft(), draft(description="New words.", weight_grams=5, variants=(variant(price=1, stock=9),)))
