import pytest

from caravan.search.rules.heads import head, title_head
from caravan.search.rules.words import content, words


@pytest.mark.parametrize("spelt", ["1/2 in.", "1/2 inch", '1/2"', "0.5in", ".5 inches", "½ in", "1/2''"])
def test_half_an_inch_is_one_thing_however_it_is_written(spelt):
    assert words(spelt) == ["0.5", "in"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2x4 lumber", ["2", "x", "4", "lumber"]),
        ("5 ft. x 7 ft. rug", ["5", "ft", "x", "7", "ft", "rug"]),
        ("12v light", ["12", "volt", "light"]),
        ("1-1/2 in. pipe", ["1.5", "in", "pipe"]),
        ("Heavy-Duty Men's glove", ["heavy", "duty", "mens", "glove"]),
        ("1,5 л чайник", ["1.5", "l", "чайник"]),
        ("3х4 ковёр", ["3", "x", "4", "ковер"]),
        ("1,200 lbs winch", ["1200", "lb", "winch"]),
        ("Black &amp; White", ["black", "white"]),
        ("model SC-141 5/8 in", ["model", "sc", "141", "0.625", "in"]),
        ("1/0 cable", ["1", "0", "cable"]),
        ("", []),
    ],
)
def test_sizes_numbers_and_hyphens_are_taken_apart(text, expected):
    assert words(text) == expected


def test_a_query_of_stop_words_only_is_searched_as_it_stands():
    assert content(words("to the lamp"), "en") == ["lamp"]
    assert content(words("the to"), "en") == ["the", "to"]


@pytest.mark.parametrize(
    ("title", "language", "named"),
    [
        ("Brass Table Lamp with Shade", "en", "lamp"),
        ("4 in. Steel Hinge (2-Pack)", "en", "hinge"),
        ("12 in. H Side Table, White", "en", "table"),
        ("Чехол для телефона", "ru", "чехол"),
        ("Lámpara de mesa", "es", "lámpara"),
    ],
)
def test_the_naming_word_is_what_the_thing_is(title, language, named):
    assert title_head(title, language) == named


def test_numbers_and_units_never_name_what_is_asked_for():
    assert head(["pipe", "0.5", "in"], "en") == "pipe"
    assert head(["0.5", "in"], "en") == ""
