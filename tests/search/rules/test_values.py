import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.errors import Invalid
from caravan.search.rules import cursor
from caravan.search.rules.distance import damerau
from caravan.search.rules.query import SearchQuery, Sort
from caravan.search.rules.standing import lift, rating
from caravan.search.rules.synonyms import parse


@given(st.integers(0, 2**64 - 1))
def test_a_cursor_comes_back_as_it_went_out(position):
    assert cursor.decode(cursor.encode(("lamp",), position), ("lamp",)) == position


@pytest.mark.parametrize("damaged", ["", "x", "....", "ыы", "A" * 16, "A" * 500])
def test_a_damaged_cursor_is_refused_in_words(damaged):
    with pytest.raises(Invalid, match="first page"):
        cursor.decode(damaged, ("lamp",))


def test_a_cursor_of_another_search_is_refused():
    mine = SearchQuery(text="lamp", sort=Sort.SALES)
    with pytest.raises(Invalid):
        cursor.decode(cursor.encode(mine.fingerprint(), 7), SearchQuery(text="lamp").fingerprint())


def test_the_size_of_a_page_does_not_belong_to_the_search():
    assert SearchQuery(limit=10).fingerprint() == SearchQuery(limit=20).fingerprint()


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 101}, {"price_min": -1}])
def test_a_query_outside_its_bounds_is_refused(wrong):
    with pytest.raises(Invalid):
        SearchQuery(**wrong)


@pytest.mark.parametrize(
    ("a", "b", "slips"), [("lamp", "lamp", 0), ("lamp", "lmap", 1), ("lamp", "lamps", 1), ("lamp", "ramps", 2)]
)
def test_slips_are_counted_and_a_swap_is_one(a, b, slips):
    assert damerau(a, b, 2) == slips


def test_beyond_the_limit_words_are_simply_far():
    assert damerau("lamp", "telescope", 2) == 3
    assert damerau("abcdefgh", "hgfedcba", 2) == 3


def test_one_five_star_vote_does_not_beat_a_hundred_good_ones():
    assert rating(5.0, 1) < rating(4.8, 100)


def test_standing_never_lowers_and_lifts_by_little_more_than_a_third():
    assert lift(0, 0.0, 0, 0.0) == 0
    assert 0 < lift(50, 4.5, 30, 0.5) < lift(10**9, 5.0, 10**6, 1.0) <= 0.35


def test_synonyms_read_one_way_and_both_ways():
    known = parse(["# note", "", "fridge => refrigerator", "couch, sofa"])
    assert known == {("fridge",): (("refrigerator",),), ("couch",): (("sofa",),), ("sofa",): (("couch",),)}


@pytest.mark.parametrize("line", ["alone", "a =>", "=> b"])
def test_a_synonym_line_that_cannot_be_read_is_named(line):
    with pytest.raises(Invalid, match="line 2"):
        parse(["a, b", line], "synonyms.en.txt")
