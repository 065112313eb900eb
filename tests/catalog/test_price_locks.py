from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from caravan.catalog.actions import (
    create_product,
    edit_product,
    lock_prices,
    open_import,
    run_import,
    set_prices,
    set_stock,
    unlock_prices,
)
from caravan.catalog.models import Refusal, Variant
from caravan.catalog.queries.goods import product_to_edit
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from tests import factories
from tests.catalog.drafts import draft, variant
from tests.factories import AT

pytestmark = pytest.mark.django_db
DEAL, BUNDLE = UUID(int=1), UUID(int=2)
UNTIL = AT + timedelta(days=7)
HEAD = b"id,item_group_id,title,price,product_type,color,quantity\n"


@pytest.fixture
def act():
    factories.category("lamps")
    seller = factories.user()
    return {"user_id": seller.pk, "store": factories.store(seller, slug="lights", zone="America/New_York").slug}


@pytest.fixture
def lamp(act):
    """Red ones at 15.00 in a deal, blue ones at 16.00 in none."""
    red, blue = variant("red", options=(("color", "red"),)), variant("blue", 1600, options=(("color", "blue"),))
    made = create_product(**act, draft=draft(variants=(red, blue)), at=AT)
    lock(Variant.objects.get(sku="red").pk, DEAL, UNTIL)
    return made


def lock(variant_id, holder_id, until):
    with transaction.atomic():
        lock_prices(holder_id=holder_id, variant_ids=[variant_id], until=until)


def prices() -> dict[str, int]:
    return dict(Variant.objects.values_list("sku", "price_minor"))


def test_a_locked_price_cannot_be_changed_in_the_form(act, lamp):
    was = product_to_edit(Variant.objects.first().product.store_id, lamp).stored
    red, blue = was.draft.variants
    for moved in (replace(red, price=Money(1400, "USD")), replace(red, market_prices=(("BR", Money(1400, "USD")),))):
        with pytest.raises(Invalid) as refused:
            edit_product(**act, product_id=lamp, draft=replace(was.draft, variants=(moved, blue)), seen_at=AT, at=AT)
        assert "stays as it is until 2026-03-09 08:00" in next(iter(refused.value.fields.values()))
    assert prices() == {"red": 1500, "blue": 1600}


def test_other_variants_and_all_else_may_change_meanwhile(act, lamp):
    set_prices(**act, product_id=lamp, prices={"blue": Money(1700, "USD")}, at=AT)
    set_stock(**act, product_id=lamp, pieces={"red": 99}, at=AT)
    assert prices() == {"red": 1500, "blue": 1700}
    with pytest.raises(Invalid):
        set_prices(**act, product_id=lamp, prices={"red": Money(1400, "USD")}, at=AT)
    with pytest.raises(Invalid):
        set_prices(**act, product_id=lamp, prices={"red": Money(1400, "USD")}, at=AT, market="BR")


def test_a_locked_variant_taken_out_comes_back_at_its_price_only(act, lamp):
    was = product_to_edit(Variant.objects.first().product.store_id, lamp).stored
    red, blue = was.draft.variants
    edit_product(**act, product_id=lamp, draft=replace(was.draft, variants=(blue,)), seen_at=AT, at=AT)
    dearer = replace(was.draft, variants=(replace(red, price=Money(9900, "USD")), blue))
    with pytest.raises(Invalid):
        edit_product(**act, product_id=lamp, draft=dearer, seen_at=AT, at=AT)
    edit_product(**act, product_id=lamp, draft=was.draft, seen_at=AT, at=AT)
    assert prices() == {"red": 1500, "blue": 1600}


def test_a_price_is_free_when_the_last_lock_is_over(act, lamp):
    red = Variant.objects.get(sku="red").pk
    lock(red, BUNDLE, UNTIL + timedelta(days=1))
    unlock_prices(holder_id=DEAL)
    with pytest.raises(Invalid):
        set_prices(**act, product_id=lamp, prices={"red": Money(1400, "USD")}, at=UNTIL)
    set_prices(**act, product_id=lamp, prices={"red": Money(1400, "USD")}, at=UNTIL + timedelta(days=1))
    unlock_prices(holder_id=BUNDLE)
    set_prices(**act, product_id=lamp, prices={"red": Money(1300, "USD")}, at=UNTIL)
    assert prices()["red"] == 1300


def test_a_row_of_a_file_that_moves_a_locked_price_is_refused_and_the_others_kept(act, lamp, settings, tmp_path):
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": storage}
    rows = b"red,lamp,Brass desk lamp,14.00 USD,lamps,red,5\nblue,lamp,Brass desk lamp,17.00 USD,lamps,blue,5\n"
    file = ContentFile(HEAD + rows)
    job_id = open_import(store_id=Variant.objects.first().product.store_id, user_id=None, filename="goods.csv", file=file, at=AT)
    job = run_import(job_id=job_id, at=AT)
    assert (job.updated, job.refused) == (1, 1)
    refusal = Refusal.objects.get()
    assert (refusal.line, refusal.ref, refusal.code) == (2, "red", "price.locked")
    assert prices() == {"red": 1500, "blue": 1700}
