from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.catalog.rules import AttributeSpec, canonical
from caravan.catalog.rules.feed import READ, UNCOUNTED, WRITTEN, assemble, category_key, products, rows_of, survey
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.kernel.sheets import csv_text
from tests.catalog.drafts import draft, variant


def lines(text: str) -> list[str]:
    return io.StringIO(text, newline="").readlines()


def read(text: str):
    readings = list(products(lines(text), survey(lines(text))))
    return [r.rows for r in readings if r.rows], [r.refused for r in readings if r.refused]


def codes(refused) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(r.line, r.ref, tuple(e.code for e in r.errors)) for r in refused]


def test_columns_stand_in_any_order_under_any_spelling_with_any_separator():
    for separator in ",;\t":
        text = separator.join(["\ufeffPrice", "ID", "image link", "Title"]) + "\n" + separator.join(["9.50 EUR", "a", "", "Lamp"])
        [[row]], refused = read(text)
        assert (row.id, row.title, row.price, row.line) == ("a", "Lamp", Money(950, "EUR"), 2)
        assert not refused


def test_a_quoted_description_may_hold_lines_and_later_rows_keep_their_line_numbers():
    rows, refused = read('id,title,price,description\na,Lamp,1.00 USD,"One.\nTwo.\n\nThree."\n\nb,Chair,oops,x\n')
    assert rows[0][0].description == "One.\nTwo.\n\nThree."
    assert codes(refused) == [(7, "b", ("money.form",))]


def test_rows_of_one_group_come_together_wherever_they_stand():
    rows, _ = read("id,title,price,item_group_id,size\na,T,1 USD,g,S\nx,X,1 USD,,\nb,T,1 USD,g,M\n")
    assert [[r.id for r in group] for group in rows] == [["x"], ["a", "b"]]


def test_an_id_that_stands_twice_is_refused_on_both_lines_each_naming_the_other():
    rows, refused = read("id,title,price\na,T,1 USD\nb,B,1 USD\na,U,2 USD\n")
    assert [r[0].id for r in rows] == ["b"]
    assert [(r.line, r.errors[0].about) for r in refused] == [(2, "4"), (4, "2")]


def test_a_row_is_told_everything_that_is_wrong_with_it():
    head = "id,title,price,quantity,availability,shipping_weight,image_link,market_prices,product_detail"
    _, refused = read(head + "\n,T,1.234 USD,-3,soon,heavy,ftp://x,BR:cheap,nothing\n")
    assert codes(refused) == [
        (
            2,
            "",
            (
                "sku.length",
                "money.decimals",
                "detail.form",
                "quantity.form",
                "availability.unknown",
                "money.form",
                "link.form",
                "weight.form",
            ),
        )
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "feed.empty"),
        ("\n\n", "feed.empty"),
        ("id;title\n1;x\n", "feed.header"),
        ("id,title,price,price\n", "feed.twice"),
        ('id,title,price\na,"never closed,1 USD\n', "feed.csv"),
        ("id,title,price\na,caf\udce9,1 USD\n", "feed.encoding"),
    ],
)
def test_what_is_no_product_file_is_refused_whole_with_what_to_do(text, code):
    with pytest.raises(Invalid) as refused:
        survey(lines(text))
    assert refused.value.code == code


def test_columns_we_do_not_use_are_named():
    assert survey(lines("id,title,price,sale_price,link\na,T,1 USD,,\n")).ignored == ("sale_price", "link")


def read_or_refused(text: str):
    """None for a file that is refused whole; any other exception fails the test."""
    with contextlib.suppress(Invalid):
        return read(text)
    return None


cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["1.00 USD", "in_stock", "1 kg", "http://x/y.jpg", "\x00", '"', "a", "b", ":a:b", "BR:1 USD", "10", "> >"]),
)


@given(st.lists(st.lists(cell, max_size=8), max_size=8), st.permutations([*READ[:14], "nonsense"]), st.sampled_from(",;\t"))
def test_nothing_a_file_holds_raises_anything_but_a_refusal(rows, head, separator):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([head, *rows])
    whole = read_or_refused(out.getvalue())
    if whole:
        good, refused = whole
        for group in good:
            assemble(group, None, category="lamps", language="en", specs={})
        assert sum(map(len, good)) + len(refused) == survey(lines(out.getvalue())).rows


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_or_refused(text):
    read_or_refused(text)


def exported(made) -> str:
    return csv_text([WRITTEN, *rows_of(made, category="lamps", links=())])


words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
value = words.filter(lambda v: v.strip())


@given(
    title=words,
    attributes=st.dictionaries(st.sampled_from(["condition", "mpn", "voltage", "plug_type"]), value, max_size=4),
    options=st.lists(st.dictionaries(st.sampled_from(["color", "size"]), value, max_size=2), min_size=1, max_size=4),
    weight=st.integers(0, 5000),
    side=st.integers(0, 5000),
    stock=st.integers(0, 9),
)
def test_what_an_export_wrote_an_import_reads_back_unchanged(title, attributes, options, weight, side, stock):
    made = canonical(
        draft(
            title=title,
            attributes=tuple(attributes.items()),
            weight_grams=weight,
            length_mm=side,
            variants=tuple(
                variant(f"v{i}", stock=stock, options=tuple(o.items()), market_prices=(("BR", Money(99, "USD")),))
                for i, o in enumerate(options)
            ),
        )
    )
    [rows], refused = read(exported(made))
    assert not refused
    again = assemble(rows, made, category=made.category, language=made.language, specs={})
    assert (again.attributes, again.variants, again.title, again.weight_grams, again.length_mm) == (
        made.attributes,
        made.variants,
        made.title,
        made.weight_grams,
        made.length_mm,
    )


def test_a_file_changes_only_what_it_has_columns_for():
    stored = canonical(draft(brand="Acme", weight_grams=300, attributes=(("color", "red"), ("voltage", "230"))))
    [rows], _ = read("id,title,price,item_group_id\nlamp-1,Brass desk lamp,16.00 USD,lamp\n")
    again = assemble(rows, stored, category="lamps", language="en", specs={})
    assert again.variants[0].price == Money(1600, "USD")
    assert (again.brand, again.weight_grams, again.attributes, again.description) == (
        "Acme",
        300,
        stored.attributes,
        stored.description,
    )


def test_stock_is_counted_or_only_said_to_be_there():
    def stock(cells: str, stored=None) -> int:
        [rows], _ = read(f"id,title,price,availability,quantity,item_group_id\nlamp-1,L,1 USD,{cells},lamp\n")
        return assemble(rows, stored, category="lamps", language="en", specs={}).variants[0].stock

    assert stock("in_stock,7") == 7
    assert stock("out of stock,7") == 0
    assert stock("In Stock,") == UNCOUNTED
    assert stock("in_stock,", draft()) == 5
    assert stock("preorder,", draft()) == 0


def test_choices_are_found_however_they_are_written():
    [rows], _ = read("id,title,price,color\na,L,1 USD,Dark Blue\n")
    specs = {"color": AttributeSpec("color", "choice", ("dark-blue", "red"))}
    assert assemble(rows, None, category="lamps", language="en", specs=specs).attributes == (("color", "dark-blue"),)
    assert category_key("Home & Garden > Desk lamps") == category_key("home-garden/desk-lamps") == "home-garden>desk-lamps"


def test_the_sides_of_a_packed_piece_are_read_in_any_of_the_usual_units():
    [[row]], _ = read("id,title,price,shipping_length,shipping_width,shipping_height\na,Lamp,5.00 USD,20.5 cm,8 in,12 mm\n")
    assert (row.length_mm, row.width_mm, row.height_mm) == (205, 203, 12)
    _, refused = read("id,title,price,shipping_length\na,Lamp,5.00 USD,long\nb,Rug,5.00 USD,1 km\nc,Mat,5.00 USD,900 m\n")
    assert [error.code for row in refused for error in row.errors] == ["side.form", "side.form", "side.range"]


@pytest.mark.parametrize("wrong", ["1E999999 USD,", "1.00 USD,nan kg", "1.00 USD,1E999999 kg"])
def test_a_row_with_an_absurd_figure_is_refused_alone(wrong):
    good, refused = read(f"id,title,price,shipping_weight\na,Lamp,{wrong}\nb,Rug,5.00 USD,\n")
    assert [row.id for rows in good for row in rows] == ["b"]
    assert [row.line for row in refused] == [2]
