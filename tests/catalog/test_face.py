"""What lists say of a product stands in its own row, and is always what its version, translations and cover say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from caravan.catalog.actions import create_product, translate_product
from caravan.catalog.actions.save import opened, save
from caravan.catalog.models import Picture, Product, Translation, Version
from caravan.stores.queries import store_for_member
from tests.catalog.drafts import LATER, draft, edited
from tests.factories import AT

pytestmark = pytest.mark.django_db
MUCH_LATER = AT + timedelta(hours=2)
# Of every product whose row says something else than its parts do.
WRONG = """
SELECT count(*) FROM catalog_product p LEFT JOIN catalog_version v ON v.id = p.version_id
LEFT JOIN catalog_picture pic ON pic.id = p.cover_id
WHERE p.title <> COALESCE(v.title, '')
   OR p.titles <> COALESCE((SELECT jsonb_object_agg(t.language, t.title) FROM catalog_translation t
                            WHERE t.version_id = v.id AND t.language <> v.language), '{}')
   OR (p.cover_digest, p.cover_width, p.cover_height)
      <> (COALESCE(pic.digest, ''), COALESCE(pic.width, 0), COALESCE(pic.height, 0))
"""


@pytest.fixture
def lamp(act):
    return create_product(**act, draft=draft(pictures=(picture("a").pk,)), at=AT)


def picture(digit):
    return Picture.objects.create(digest=digit * 64, width=800, height=600)


def face(id):
    """Title, titles and cover as the row has them, once nothing in the market contradicts its parts."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG)
        assert cursor.fetchone() == (0,)
    row = Product.objects.get(pk=id)
    return row.title, row.titles, row.cover_digest[:1]


def say(act, id, language, title):
    translate_product(**act, product_id=id, language=language, title=title, description="", at=LATER)


def test_a_new_product_says_its_title_and_shows_its_first_picture(lamp):
    assert face(lamp) == ("Brass desk lamp", {}, "a")
    row = Product.objects.get(pk=lamp)
    assert (row.cover_width, row.cover_height) == (800, 600)


def test_translations_come_change_and_go(act, lamp):
    say(act, lamp, "ru", "Лампа")
    say(act, lamp, "es", "Lámpara")
    assert face(lamp)[1] == {"ru": "Лампа", "es": "Lámpara"}
    say(act, lamp, "ru", "Настольная лампа")
    say(act, lamp, "es", "")
    assert face(lamp)[1] == {"ru": "Настольная лампа"}


def test_another_version_says_its_own_words_and_keeps_translations_of_the_same_ones(act, store, lamp):
    say(act, lamp, "ru", "Лампа")
    edited(act, store, lamp, attributes=(("color", "red"),), pictures=(picture("b").pk,))
    assert Version.objects.filter(product=lamp).count() == 2
    assert face(lamp) == ("Brass desk lamp", {"ru": "Лампа"}, "b")
    edited(act, store, lamp, at=MUCH_LATER, title="Oak stool")
    assert face(lamp) == ("Oak stool", {}, "b")


def test_an_immaterial_edit_of_the_same_version_is_said_too(act, store, lamp):
    edited(act, store, lamp, title="Brass desk lamp.")
    assert face(lamp)[0] == "Brass desk lamp."


def test_many_goods_at_once_each_say_their_own(seller, store):
    mine = store_for_member(user_id=seller.pk, slug=store.slug)
    drafts = [(None, draft(ref=str(n), title=f"Lamp number {n}")) for n in range(20)]
    save(store=mine, drafts=drafts, at=AT)
    known = opened(store_id=store.pk, refs=["3", "4"])
    save(
        store=mine,
        drafts=[(known["3"], draft(ref="3", title="Renamed lamp")), (known["4"], draft(ref="4", title="Lamp number 4"))],
        at=LATER,
    )
    titles = dict(Product.objects.values_list("external_ref", "title"))
    assert (titles["3"], titles["4"], titles["19"]) == ("Renamed lamp", "Lamp number 4", "Lamp number 19")
    face(Product.objects.first().pk)


def test_a_picture_that_is_deleted_is_no_cover(lamp):
    Picture.objects.all().delete()
    assert face(lamp)[2] == ""


def test_whoever_writes_past_the_actions_cannot_make_it_say_anything_else(lamp):
    Product.objects.filter(pk=lamp).update(title="Gold lamp", titles={"ru": "Золото"}, cover_digest="f" * 64)
    assert face(lamp) == ("Brass desk lamp", {}, "a")
    stale = Product.objects.get(pk=lamp)
    Version.objects.filter(product=lamp).update(title="Copper lamp")
    Translation.objects.create(version=stale.version, language="pt", title="Luminária")
    assert face(lamp)[:2] == ("Copper lamp", {"pt": "Luminária"})
    stale.save()  # with all the columns it read before
    assert face(lamp)[:2] == ("Copper lamp", {"pt": "Luminária"})
    Version.objects.filter(product=lamp).update(language="pt")
    assert face(lamp)[1] == {}
    Translation.objects.all().delete()
    assert face(lamp)[0] == "Copper lamp"
