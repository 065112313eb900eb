from tests.search.market import index_of, product

POPULAR = {"en": {"desk lamp": 90, "desk": 40, "drill bits": 10}, "ru": {"настольная лампа": 5}}


def suggest(index, prefix, language="en", limit=8):
    return [(one.kind, one.text) for one in index.suggest(prefix, language, limit)]


def test_popular_searches_come_first_the_most_searched_before_the_others(tmp_path):
    index = index_of(tmp_path, product("Teapot"), popular=POPULAR)
    assert suggest(index, "des") == [("query", "desk lamp"), ("query", "desk")]
    assert suggest(index, "Настол", "ru") == [("query", "настольная лампа")]


def test_a_search_may_be_begun_at_its_second_word(tmp_path):
    assert ("query", "desk lamp") in suggest(index_of(tmp_path, product("Teapot"), popular=POPULAR), "lam")


def test_categories_and_products_are_offered_too(tmp_path):
    named = {"category_path": ("lighting",), "category_names": {"en": ("Lamps & lighting",)}}
    index = index_of(tmp_path, product("Lampshade of silk", "p", **named))
    kinds = {one.kind: (one.text, one.target) for one in index.suggest("lamp")}
    assert kinds["category"] == ("Lamps & lighting", "lighting")
    assert kinds["product"] == ("Lampshade of silk", "p")


def test_the_last_word_is_finished_to_fit_the_words_before_it(tmp_path):
    index = index_of(tmp_path, product("Cordless drill"), product("Cordless drill"), product("Dripping tap"))
    assert ("query", "cordless drill") in suggest(index, "cordless dri")
    assert ("query", "cordless dripping") not in suggest(index, "cordless dri")


def test_nothing_typed_suggests_nothing_and_there_are_never_too_many(tmp_path):
    index = index_of(tmp_path, *(product(f"Lamp {n}") for n in range(30)), popular=POPULAR)
    assert suggest(index, "  ") == []
    assert len(suggest(index, "lamp", limit=5)) == 5
