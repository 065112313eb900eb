import pytest

from caravan.search.engine.index import Index
from tests.search.market import ask, found, index_of, product


@pytest.mark.parametrize(
    ("language", "title", "typed"),
    [
        ("en", "Running shoes", "shoe run"),
        ("ru", "Наушники беспроводные", "беспроводных наушников"),
        ("es", "Lámparas solares", "lampara solar"),
        ("pt", "Fogões portáteis", "fogão"),
        ("pl", "Lampa stołowa", "lampa"),
    ],
)
def test_a_word_is_found_in_its_other_forms(tmp_path, language, title, typed):
    index = index_of(tmp_path, product(title, "it", language=language), product("Teapot", language=language))
    assert found(index, typed, language=language) == ["it"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("cieling fan", "ceiling fan"), ("refridgerator", "refrigerator"), ("dewlat drill", "dewalt drill")]
)
def test_a_slip_of_the_pen_is_forgiven_and_said(tmp_path, typed, meant):
    index = index_of(tmp_path, product("DEWALT cordless drill"), product("White ceiling fan"), product("Steel refrigerator"))
    page = ask(index, typed)
    assert len(page.hits) == 1
    assert page.help.corrected == meant


def test_a_word_that_products_carry_is_never_corrected(tmp_path):
    index = index_of(
        tmp_path, product("Roses", "roses"), product("Moses basket", "basket"), *(product("Red roses") for _ in range(5))
    )
    page = ask(index, "moses")
    assert [hit.id for hit in page.hits] == ["basket"]
    assert page.help.corrected is None


def test_short_words_and_numbers_are_not_guessed_at(tmp_path):
    index = index_of(tmp_path, product("Cat bed 1200"))
    assert found(index, "bat") == []
    assert found(index, "1201") == []


def test_the_commoner_of_two_near_words_is_meant(tmp_path):
    index = index_of(tmp_path, product("Clock", "rare"), *(product("Metal block") for _ in range(30)))
    assert ask(index, "zlock").help.corrected == "block"


def test_a_synonym_finds_what_is_called_otherwise(tmp_path):
    index = index_of(tmp_path, product("Compact refrigerator", "it"), product("Teapot"))
    assert found(index, "fridge") == ["it"]
    assert found(index, "icebox") == ["it"]


def test_a_phrase_may_have_a_synonym(tmp_path):
    index = index_of(tmp_path, product("Gas water heater", "it"), product("Teapot"))
    page = ask(index, "hot water heater")
    assert [hit.id for hit in page.hits] == ["it"]


def test_an_operator_adds_synonyms(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "synonyms.en.txt").write_text("widget => lamp\n", "utf-8")
    index_of(tmp_path / "index", product("Lamp", "it"))
    assert found(Index.open(tmp_path / "index", own), "widget") == ["it"]


def test_two_words_may_be_written_as_one_and_one_as_two(tmp_path):
    others = [product(title) for title in ("Air filter", "Air pump", "Hair conditioner", "Conditioner bottle")]
    index = index_of(
        tmp_path,
        *(product("Window air conditioner", f"ac{n}") for n in range(3)),
        product("Steel deadbolt", "bolt"),
        product("Deadbolt lock", "lock"),
        *others,
    )
    assert set(found(index, "airconditioner")[:3]) == {"ac0", "ac1", "ac2"}
    assert set(found(index, "dead bolt")) == {"bolt", "lock"}


def test_sizes_are_found_however_they_are_written(tmp_path):
    index = index_of(tmp_path, product("1/2 in. copper pipe", "half"), product("3/4 in. copper pipe", "more"))
    for typed in ('1/2" pipe', "0.5 inch pipe", "½in pipe"):
        assert found(index, typed)[0] == "half"


def test_a_word_of_another_language_finds_the_product_too(tmp_path):
    index = index_of(tmp_path, product("Red kettle", "en"), product("Красный чайник", "ru", language="ru"))
    assert found(index, "kettle", language="ru") == ["en"]
    assert found(index, "чайник", language="en") == ["ru"]


def test_brand_category_attributes_and_description_are_searched_after_the_title(tmp_path):
    more = {"category_names": {"en": ("Lighting",)}, "category_path": ("lighting",)}
    index = index_of(
        tmp_path,
        product("Brass thing", "text", descriptions={"en": "A copper finish"}),
        product("Iron thing", "attribute", attributes=(("metal", "copper"),)),
        product("Copper thing", "title"),
        product("Item", "brand", brand="Acme"),
        product("Item", "category", **more),
    )
    assert found(index, "copper") == ["title", "attribute", "text"]
    assert found(index, "acme") == ["brand"]
    assert found(index, "lighting") == ["category"]


def test_the_thing_itself_stands_before_what_is_made_for_it(tmp_path):
    index = index_of(tmp_path, product("Shade for brass lamp", "shade"), product("Brass lamp with shade", "lamp"))
    assert found(index, "lamp")[0] == "lamp"
    assert found(index, "shade")[0] == "shade"


def test_among_equals_the_better_record_stands_first(tmp_path):
    index = index_of(
        tmp_path,
        product("Desk lamp", "new"),
        product("Desk lamp", "liked", rating_mean=4.9, rating_count=80),
        product("Desk lamp", "sold", sold_30d=900, rating_mean=4.9, rating_count=80, standing=1.0),
    )
    assert found(index, "desk lamp") == ["sold", "liked", "new"]


def test_a_record_does_not_beat_the_words(tmp_path):
    index = index_of(
        tmp_path,
        product("Desk lamp", "right"),
        product("Desk", "famous", sold_30d=10_000, rating_mean=5, rating_count=999, standing=1),
    )
    assert found(index, "desk lamp")[0] == "right"


def test_when_little_carries_every_word_the_search_is_widened_and_says_so(tmp_path):
    index = index_of(tmp_path, product("Green desk lamp", "all"), product("Desk lamp", "most"), product("Teapot", "none"))
    page = ask(index, "green desk lamp quixotic")
    assert [hit.id for hit in page.hits] == ["all", "most"]
    assert page.help.unknown == ("quixotic",)
    assert page.help.widened


def test_where_nothing_is_found_the_page_can_still_help(tmp_path):
    index = index_of(tmp_path, product("Lamp", category_path=("home", "lamps")), product("Kettle"))
    page = ask(index, "quixotic")
    assert page.hits == ()
    assert page.total == 0
    assert page.help.unknown == ("quixotic",)
    assert page.help.categories[0] == "home"


@pytest.mark.parametrize("text", ["", "   ", '"', "AND OR NOT", "a:b^2~", "(((", "\x00", "x" * 5_000, "🎁", "1/0"])
def test_nothing_one_can_type_breaks_the_search(tmp_path, text):
    index = index_of(tmp_path, product("Lamp"))
    assert ask(index, text).total in (0, 1)


def test_a_brand_new_word_is_found_at_once(tmp_path):
    from caravan.search.engine.indexer import Indexer

    index = index_of(tmp_path, product("Lamp"))
    with Indexer(tmp_path) as indexer:
        indexer.apply([product("Zorblax 3000", "new")])
    assert found(Index.open(tmp_path), "zorblax") == ["new"]
    del index
