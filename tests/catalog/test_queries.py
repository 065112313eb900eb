from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from caravan.catalog.actions import create_product, open_import, run_import, set_prices, store_picture, translate_product
from caravan.catalog.actions.taxonomy import import_taxonomy
from caravan.catalog.models import Attribute, AttributeName, Category, Price, Product, Variant
from caravan.catalog.queries import (
    ancestors,
    attributes,
    category,
    listed_ids,
    price_history,
    product_page,
    roots,
    search_facts,
    titles,
    tree,
    variants_for_pricing,
)
from caravan.catalog.queries.categories import category_lookup, spelled
from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money
from tests import factories
from tests.catalog.drafts import draft, picture, variant
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "private"}},
    }


@pytest.fixture
def seller():
    return factories.user()


@pytest.fixture
def store(seller):
    import_taxonomy(lines=["Home & Garden > Lighting > Lamps", "Home & Garden > Chairs"])
    color = Attribute.objects.create(
        category=Category.objects.get(path="home-garden"), code="color", kind="choice", choices=["red", "blue"], is_option=True
    )
    for value, language, name in [("", "ru", "Цвет"), ("red", "ru", "красный"), ("blue", "ru", "синий"), ("", "en", "Colour")]:
        AttributeName.objects.create(attribute=color, value=value, language=language, name=name)
    return factories.store(seller)


def lamp(seller, store, n: int = 0, **fields):
    wanted = draft(
        **{
            "ref": f"lamp{n}",
            "category": "home-garden/lighting/lamps",
            "attributes": (("watts", "9"),),
            "variants": (
                variant(f"{n}-r", options=(("color", "red"),)),
                variant(f"{n}-b", price=2500, stock=0, options=(("color", "blue"),)),
            ),
            "pictures": (store_picture(content=picture()).id,),
            **fields,
        }
    )
    return create_product(user_id=seller.pk, store=store.slug, draft=wanted, at=AT)


def test_a_product_page_speaks_the_visitors_language(seller, store):
    page = product_page(lamp(seller, store), "ru")
    assert [(o.name, [v.name for v in o.values]) for o in page.options] == [("Цвет", ["красный", "синий"])]
    assert [(v.label, v.stock_band, v.left) for v in page.variants] == [("красный", "few", 5), ("синий", "none", None)]
    assert [(d.name, d.label) for d in page.details] == [("Watts", "9")]
    assert [c.path for c in page.categories] == ["home-garden", "home-garden/lighting", "home-garden/lighting/lamps"]
    assert (page.price_min, page.price_max) == (Money(1500, "USD"), Money(2500, "USD"))
    assert page.pictures[0].webp.count("w,") == 2


def test_a_page_takes_one_statement_however_much_is_on_it(seller, store, django_assert_num_queries):
    many = tuple(variant(f"v{i}", options=(("size", str(i)),)) for i in range(40))
    pictures = tuple(store_picture(content=picture(c)).id for c in ("red", "green", "blue"))
    small, large = lamp(seller, store), lamp(seller, store, 2, variants=many, pictures=pictures)
    product_page(small, "en")  # the tree is now kept
    for id in (small, large):
        with django_assert_num_queries(1):
            product_page(id, "en", "BR")


def test_lists_take_one_statement_however_long(seller, store, django_assert_num_queries):
    ids = [lamp(seller, store, n) for n in range(6)]
    variants = list(Variant.objects.values_list("pk", flat=True))
    search_facts(ids)
    for some in (ids[:1], ids):
        with django_assert_num_queries(1):
            assert titles(some, "ru") == dict.fromkeys(some, "Brass desk lamp")
        with django_assert_num_queries(1):
            assert len(search_facts(some)) == len(some)
    with django_assert_num_queries(1):
        assert len(variants_for_pricing(variants, "BR")) == 12
    assert listed_ids() == ids
    assert listed_ids(after=ids[3]) == ids[4:]


def test_what_search_learns_of_a_product(seller, store):
    product_id = lamp(seller, store)
    translate_product(
        user_id=seller.pk, store=store.slug, product_id=product_id, language="ru", title="Лампа", description="", at=AT
    )
    [fact] = search_facts([product_id])
    assert fact.titles == {"en": "Brass desk lamp", "ru": "Лампа"}
    assert fact.category_path == ("home-garden", "lighting", "lamps")
    assert fact.category_names["en"] == ("Home & Garden", "Lighting", "Lamps")
    assert set(fact.attributes) == {("watts", "9"), ("color", "red"), ("color", "blue")}
    assert (fact.price, fact.in_stock, fact.is_listed) == (Money(1500, "USD"), True, True)


def test_an_offer_costs_what_the_store_set_for_its_market(seller, store):
    product_id = lamp(seller, store)
    set_prices(user_id=seller.pk, store=store.slug, product_id=product_id, prices={"0-r": Money(1999, "USD")}, market="BR", at=AT)
    one = Variant.objects.get(sku="0-r").pk
    assert variants_for_pricing([one], "BR")[one].list_price == Money(1999, "USD")
    assert variants_for_pricing([one], "PL")[one].list_price == Money(1500, "USD")
    assert [row.price.minor for row in price_history(one, "BR")] == [1999]
    Product.objects.update(status="withdrawn")
    assert not variants_for_pricing([one], "BR")[one].is_active


def test_the_tree_is_read_from_the_root_down(store):
    assert [row.path for row in roots("en")] == ["home-garden"]
    assert tree("en")["home-garden"].children == ("home-garden/chairs", "home-garden/lighting")
    assert category("home-garden/chairs", "ru").name == "Chairs"
    assert ancestors("home-garden/none", "en")[-1].path == "home-garden"
    with pytest.raises(NotFound):
        category("nowhere", "en")


def test_children_inherit_attributes_and_may_say_more(store):
    lamps = Category.objects.get(path="home-garden/lighting/lamps")
    Attribute.objects.create(category=lamps, code="watts", kind="number", unit="W")
    Attribute.objects.create(category=None, code="condition", choices=["new"], kind="choice")
    assert set(attributes("home-garden/lighting/lamps", "en")) == {"condition", "color", "watts"}
    assert attributes("home-garden/lighting/lamps", "en")["watts"].label("9") == "9 W"
    assert set(attributes("home-garden/chairs", "en")) == {"condition", "color"}


def test_a_category_is_found_by_its_names_and_by_its_slugs(store):
    lookup = category_lookup()
    assert lookup["home-garden>lighting>lamps"] == "home-garden/lighting/lamps"
    assert spelled("home-garden/lighting/lamps") == "Home & Garden > Lighting > Lamps"


def test_a_taxonomy_loaded_again_adds_nothing(store):
    assert import_taxonomy(lines=["# Google", "5 - Home & Garden > Lighting > Lamps", "Toys"]) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_importing_one_file_at_once_agree(store):
    rows = "".join(f"p{i},Thing {i},9.90 USD,Home & Garden > Chairs\n" for i in range(300))
    content = f"id,title,price,product_type\n{rows}".encode()
    jobs = [
        open_import(store_id=store.pk, user_id=None, filename="g.csv", file=ContentFile(content), at=AT + timedelta(hours=i))
        for i in range(2)
    ]
    ended = []

    def work(job_id):
        try:
            ended.append(run_import(job_id=job_id, at=AT))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[job_id]) for job_id in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((job.created, job.unchanged) for job in ended) == [(0, 300), (300, 0)]
    assert Product.objects.count() == Price.objects.filter(until=None).count() == 300
