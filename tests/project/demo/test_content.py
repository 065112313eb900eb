from __future__ import annotations

from random import Random

import pytest

from caravan.people.rules.addresses import check
from caravan.project.demo.art.paint import COLOURS
from caravan.project.demo.content import labels, opinions, wording
from caravan.project.demo.content.catalogue import departments, product_types
from caravan.project.demo.content.places import markets
from caravan.project.demo.content.text import LANGUAGES, Text
from caravan.project.demo.content.traders import traders
from caravan.project.demo.content.wording import Article


def article(kind, **more):
    told = {"brand": "Norvik", "facts": (1, 0), "material": None, "extra": None, "ships_from": "CN", "handling_days": 2, **more}
    return Article(type=kind, **told)


def test_a_text_without_one_of_its_languages_is_refused():
    with pytest.raises(ValueError, match="four languages"):
        Text.parse("Mug | Кружка | Taza")


def test_every_kind_of_goods_has_words_and_facts_in_four_languages():
    assert len(product_types()) > 150
    for kind in product_types():
        assert len(kind.facts) >= 2
        assert all(kind.name[language] and kind.facts[0][language] for language in LANGUAGES)


def test_every_leaf_has_goods_and_words_to_find_them_by():
    sold = {kind.leaf.path for kind in product_types()}
    for department in departments():
        for leaf in department.leaves:
            assert leaf.path in sold
            assert all(leaf.words_in(language).right and leaf.words_in(language).wrong for language in LANGUAGES)


def test_colours_materials_sizes_and_figures_all_have_names():
    for kind in product_types():
        assert all(labels.colour(colour).ru and colour in COLOURS for colour in kind.colours)
        assert all(labels.material(material).es for material in kind.materials)
        assert not kind.sizes or len(labels.sizes(kind.sizes)) >= 3
        assert kind.spec is None or (labels.attribute(kind.spec.code).pt and labels.figures(kind.spec))


def test_titles_read_like_labels_and_fit():
    kind = next(kind for kind in product_types() if kind.slug == "phone-case")
    made = article(kind, material=labels.material("tpu"), extra=labels.colour("sky"))
    assert wording.title(made, "en") == f"Phone case Norvik, {kind.facts[1].en}, TPU, sky blue"
    assert wording.title(made, "ru").endswith("ТПУ, голубой")
    for kind in product_types():
        assert all(len(wording.title(article(kind), language)) <= 120 for language in LANGUAGES)


def test_descriptions_say_the_same_in_every_language():
    kind = product_types()[0]
    told = wording.descriptions(article(kind), Random(3))
    assert len({len(text.splitlines()) for text in told}) == 1
    assert all("{" not in text for text in told)
    assert told != wording.descriptions(article(kind), Random(4))


def test_reviews_are_many_and_know_their_stars():
    for language in LANGUAGES:
        rng = Random(1)
        for stars in range(1, 6):
            texts = {opinions.review(language, stars, 12, stars < 3, rng) for _ in range(400)}
            assert len(texts) > 60
            assert all("{" not in text for text in texts)
        assert opinions.answer(language, 5, rng) != opinions.answer(language, 1, rng)


def test_addresses_of_the_markets_are_deliverable():
    rng = Random(2)
    assert sum(market.share for market in markets()) == pytest.approx(1)
    for market in markets():
        for place in market.places:
            check(
                {
                    "name": market.name(rng), "country_code": market.code, "street_address": market.street(rng),
                    "city": place.city, "country_area": place.area, "postal_code": place.postal_code,
                    "city_area": place.city_area,
                }
            )  # fmt: skip


def test_the_first_eight_stores_sell_something_of_every_department():
    sold = {department for trader in traders(8, Random(1)) for department in trader.departments}
    assert sold == {department.path for department in departments()}


def test_however_many_stores_no_two_are_called_the_same():
    assert len({trader.name for trader in traders(900, Random(1))}) == 900
