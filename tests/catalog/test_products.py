from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from caravan.catalog.actions import (
    block_product,
    create_product,
    edit_product,
    publish_product,
    restore_product,
    set_prices,
    set_stock,
    translate_product,
    unblock_product,
    withdraw_product,
)
from caravan.catalog.models import Price, Product, Translation, Variant, Version
from caravan.catalog.queries import product_page
from caravan.catalog.queries.goods import product_to_edit
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money
from caravan.outbox.models import StoredEvent
from tests import factories
from tests.catalog.drafts import LATER, draft, edited, variant
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp(act):
    return create_product(**act, draft=draft(), at=AT)


def heard() -> int:
    return StoredEvent.objects.filter(name="catalog.product_changed").count()


def test_a_new_product_is_on_sale_with_its_first_version_and_price(lamp):
    product = Product.objects.get(pk=lamp)
    assert (product.status, product.price_minor, product.published_at, product.slug) == ("active", 1500, AT, "brass-desk-lamp")
    assert product.version.number == 1
    price = Price.objects.get(variant__product=lamp)
    assert (price.minor, price.since, price.until) == (1500, AT, None)
    assert heard() == 1


def test_a_draft_is_not_on_sale_until_it_is_published(act):
    product_id = create_product(**act, draft=draft(), at=AT, publish=False)
    with pytest.raises(NotFound):
        product_page(product_id, "en")
    publish_product(**act, product_id=product_id, at=LATER)
    assert Product.objects.get(pk=product_id).published_at == LATER


def test_a_material_edit_starts_a_version_and_keeps_the_old_one(act, store, lamp):
    edited(act, store, lamp, title="Brass floor lamp")
    assert list(Version.objects.filter(product=lamp).order_by("number").values_list("number", "title")) == [
        (1, "Brass desk lamp"),
        (2, "Brass floor lamp"),
    ]
    assert Product.objects.get(pk=lamp).version.number == 2


def test_new_words_in_the_description_stay_in_the_same_version(act, store, lamp):
    edited(act, store, lamp, description="Other words.")
    assert Version.objects.get(product=lamp).description == "Other words."


def test_saving_what_is_already_so_changes_nothing(act, store, lamp):
    assert not edited(act, store, lamp).changed
    assert heard() == 1


def test_a_new_price_closes_the_old_one_at_the_same_instant(act, lamp):
    set_prices(**act, product_id=lamp, prices={"lamp-1": Money(1800, "USD")}, at=LATER)
    assert list(Price.objects.order_by("since").values_list("minor", "since", "until")) == [
        (1500, AT, LATER),
        (1800, LATER, None),
    ]
    assert Product.objects.get(pk=lamp).price_minor == 1800


def test_a_market_may_have_a_price_of_its_own(act, lamp):
    set_prices(**act, product_id=lamp, prices={"lamp-1": Money(2000, "USD")}, market="BR", at=LATER)
    assert product_page(lamp, "en", "BR").price_min == Money(2000, "USD")
    assert product_page(lamp, "en", "US").price_min == Money(1500, "USD")


def test_pieces_sold_while_the_seller_was_counting_stay_sold(act, store, lamp):
    was = product_to_edit(store.pk, lamp).stored
    Variant.objects.update(stock=2)  # three of five are sold meanwhile
    found_four_more = replace(was.draft, variants=(variant(stock=9, stock_seen=5),))
    edit_product(**act, product_id=lamp, draft=found_four_more, seen_at=was.updated_at, at=LATER)
    assert Variant.objects.get().stock == 6
    set_stock(**act, product_id=lamp, pieces={"lamp-1": 3}, at=LATER)
    assert Variant.objects.get().stock == 3


def test_a_variant_left_out_is_no_longer_sold_and_comes_back_as_itself(act, store, lamp):
    two = (variant("lamp-1", options=(("color", "red"),)), variant("lamp-2", options=(("color", "blue"),)))
    edited(act, store, lamp, variants=two)
    kept = Variant.objects.get(sku="lamp-2").pk
    edited(act, store, lamp, at=LATER + timedelta(hours=1), variants=two[:1])
    assert not Variant.objects.get(pk=kept).is_active
    edited(act, store, lamp, at=LATER + timedelta(hours=2), variants=two)
    assert Variant.objects.get(sku="lamp-2").pk == kept
    assert Variant.objects.get(pk=kept).is_active
    assert Version.objects.filter(product=lamp).count() == 1
    assert Price.objects.filter(variant=kept).count() == 1


def test_who_saves_second_is_told(act, store, lamp):
    was = product_to_edit(store.pk, lamp).stored
    edited(act, store, lamp, title="First")
    with pytest.raises(Conflict):
        edit_product(**act, product_id=lamp, draft=replace(was.draft, title="Second"), seen_at=was.updated_at, at=LATER)
    assert Product.objects.get(pk=lamp).version.title == "First"


def test_what_cannot_be_listed_is_refused_field_by_field(act, lamp):
    with pytest.raises(Invalid) as refused:
        create_product(**act, draft=draft(ref="other", title="", category="boats"), at=AT)
    assert list(refused.value.fields) == ["category"]
    with pytest.raises(Invalid) as refused:
        create_product(**act, draft=draft(title="", pictures=(uuid7(),)), at=AT)
    assert set(refused.value.fields) == {"ref", "title", "pictures"}
    with pytest.raises(Invalid) as refused:
        create_product(**act, draft=draft(ref="other"), at=AT)
    assert "lamp" in refused.value.fields["variants.0.sku"]


def test_the_seller_withdraws_and_restores(act, lamp):
    withdraw_product(**act, product_id=lamp, at=LATER)
    withdraw_product(**act, product_id=lamp, at=LATER)
    assert product_page(lamp, "en").status == "withdrawn"
    assert not product_page(lamp, "en").is_on_sale
    restore_product(**act, product_id=lamp, at=LATER)
    assert product_page(lamp, "en").is_on_sale
    assert Product.objects.get().published_at == AT
    assert heard() == 3


def test_what_an_operator_blocked_only_an_operator_gives_back(act, lamp):
    operator = factories.user(is_staff=True).pk
    block_product(operator_id=operator, product_id=lamp, reason="A copied picture.", at=LATER)
    with pytest.raises(NotFound):
        product_page(lamp, "en")
    with pytest.raises(Conflict, match="copied picture"):
        restore_product(**act, product_id=lamp, at=LATER)
    unblock_product(operator_id=operator, product_id=lamp, at=LATER)
    assert Product.objects.get().status == "withdrawn"


def test_a_block_needs_a_reason_and_an_operator(act, lamp):
    with pytest.raises(Invalid):
        block_product(operator_id=factories.user(is_staff=True).pk, product_id=lamp, reason=" ", at=LATER)
    with pytest.raises(NotFound):
        block_product(operator_id=act["user_id"], product_id=lamp, reason="I say so.", at=LATER)


def test_nobody_touches_another_stores_goods(lamp, store):
    stranger = factories.user()
    theirs = {"user_id": stranger.pk, "store": factories.store(stranger).slug}
    foreign = {"user_id": stranger.pk, "store": store.slug}
    for who in (theirs, foreign):
        for refused in (
            lambda who: withdraw_product(**who, product_id=lamp, at=LATER),
            lambda who: set_stock(**who, product_id=lamp, pieces={}, at=LATER),
            lambda who: edit_product(**who, product_id=lamp, draft=draft(), seen_at=AT, at=LATER),
            lambda who: translate_product(**who, product_id=lamp, language="ru", title="x", description="", at=LATER),
        ):
            with pytest.raises(NotFound):
                refused(who)
    with pytest.raises(NotFound):
        create_product(**foreign, draft=draft(ref="new"), at=LATER)


def test_a_visitor_reads_it_in_their_language_or_the_sellers(act, store, lamp):
    words = {"product_id": lamp, "language": "ru", "description": "На трёх ножках.", "at": LATER}
    translate_product(**act, title="Латунная лампа", **words)
    assert product_page(lamp, "ru").title == "Латунная лампа"
    page = product_page(lamp, "es")
    assert (page.title, page.language) == ("Brass desk lamp", "en")
    edited(act, store, lamp, attributes=(("color", "red"),))
    assert product_page(lamp, "ru").title == "Латунная лампа"  # the words did not change
    edited(act, store, lamp, at=LATER + timedelta(hours=1), title="Another lamp")
    assert product_page(lamp, "ru").title == "Another lamp"
    translate_product(**act, **words | {"description": ""}, title="Другая")
    translate_product(**act, **words | {"description": ""}, title="")
    assert not Translation.objects.filter(version__title="Another lamp").exists()
