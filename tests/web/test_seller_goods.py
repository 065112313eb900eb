from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caravan.catalog.actions import create_product, run_import
from caravan.catalog.models import ImportJob, Picture, Product, Variant, Version
from caravan.kernel.clock import now
from tests import factories
from tests.catalog.drafts import draft, picture, variant
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "private"}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def seller():
    return factories.user()


@pytest.fixture
def store(seller):
    home = factories.category("home")
    factories.category("lamps", home)
    return factories.store(seller)


@pytest.fixture
def client(seller):
    signed_in = Client()
    signed_in.force_login(seller)
    return signed_in


@pytest.fixture
def lamp(seller, store):
    return create_product(user_id=seller.pk, store=store.slug, draft=draft(category="home/lamps"), at=AT)


def to(name: str, store, **more) -> str:
    return "/en-us" + reverse(name, kwargs={"slug": store.slug, **more})


def filled(**fields: object) -> dict[str, object]:
    return {
        "title": "Brass desk lamp",
        "description": "Stands.",
        "language": "en",
        "category": ["home", "home/lamps"],
        "brand": "Acme",
        "origin": "US",
        "rows": "2",
        "variant-0-price": "15.00",
        "variant-0-stock": "4",
        **fields,
    }


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html)
    assert found, name
    return found[1]


def test_a_seller_lists_a_product_with_a_picture(client, store):
    assert client.get(to("seller-product-new", store)).status_code == 200
    sent = client.post(
        to("seller-product-new", store), filled(uploads=SimpleUploadedFile("a.png", picture(), content_type="image/png"))
    )
    assert sent.status_code == 302
    product = Product.objects.select_related("version", "category").get()
    assert (product.status, product.category.path, product.price_minor) == ("active", "home/lamps", 1500)
    assert product.version.pictures == [str(Picture.objects.get().pk)]
    page = client.get(to("seller-products", store)).content.decode()
    assert "Brass desk lamp" in page
    assert "$15.00" in page


def test_a_refused_form_keeps_what_was_typed_and_the_pictures(client, store):
    sent = client.post(
        to("seller-product-new", store),
        filled(**{"gtin": "123", "variant-0-price": "cheap", "brand": "Ümlaut & Söhne"}, uploads=io.BytesIO(picture())),
    )
    assert sent.status_code == 422
    html = sent.content.decode()
    assert "Ümlaut &amp; Söhne" in html
    assert 'value="cheap"' in html
    assert str(Picture.objects.get().pk) in html
    assert "is not a number" in html
    assert not Product.objects.exists()


@pytest.mark.parametrize("figure", ["9" * 5000, "1E999999", "-1", "NaN", "²"])
def test_absurd_figures_are_refused_and_break_nothing(client, store, figure):
    fields = ("rows", "variant-0-price", "variant-0-stock", "variant-0-stock_seen", "weight_grams", "variant-0-market_prices")
    for name in fields:
        value = f"BR {figure}" if name.endswith("market_prices") else figure
        assert client.post(to("seller-product-new", store), filled(**{name: value})).status_code in (302, 422)


def test_a_row_can_be_added_without_scripts(client, store):
    html = client.post(to("seller-product-new", store), filled(redraw="1")).content.decode()
    assert hidden(html, "rows") == "3"
    assert not Product.objects.exists()


def test_a_category_brings_its_attributes(client, store):
    from caravan.catalog.models import Attribute, Category

    Attribute.objects.create(category=Category.objects.get(path="home"), code="voltage", kind="choice", choices=["110", "230"])
    html = client.post(to("seller-product-new", store), filled(redraw="1")).content.decode()
    assert 'name="attribute-voltage"' in html
    client.post(to("seller-product-new", store), filled(**{"attribute-voltage": "230"}))
    assert Version.objects.get().attributes == [["voltage", "230"]]


def test_an_edit_changes_only_what_was_changed(client, store, lamp):
    html = client.get(to("seller-product", store, id=lamp)).content.decode()
    Variant.objects.update(stock=2)  # sold meanwhile, of 5
    fields = filled(
        **{
            "seen_at": hidden(html, "seen_at"),
            "ref": "lamp",
            "description": "Stands on three legs.",
            "rows": "1",
            "variant-0-sku": "lamp-1",
            "variant-0-stock": "5",
            "variant-0-stock_seen": "5",
            "variant-0-price": "17,50",
        }
    )
    assert client.post(to("seller-product", store, id=lamp), fields).status_code == 302
    sold = Variant.objects.get()
    assert (sold.price_minor, sold.stock) == (1750, 2)
    second = client.post(to("seller-product", store, id=lamp), fields)
    assert second.status_code == 409
    assert "17,50" in second.content.decode()


def test_withdrawn_and_restored_by_a_button_each(client, store, lamp):
    assert "Withdraw" in client.get(to("seller-product", store, id=lamp)).content.decode()
    client.post(to("seller-product-withdrawal", store, id=lamp))
    assert Product.objects.get().status == "withdrawn"
    client.post(to("seller-product-restoration", store, id=lamp))
    assert Product.objects.get().status == "active"
    assert client.get(to("seller-product-withdrawal", store, id=lamp)).status_code == 405


def test_a_product_is_told_in_another_language(client, store, lamp):
    there = to("seller-product-words", store, id=lamp, language="ru")
    assert client.get(there).status_code == 200
    assert client.post(there, {"title": "Лампа", "description": "<b>Да</b>"}).status_code == 302
    assert "Лампа" in client.get(there).content.decode()
    assert client.get(to("seller-product-words", store, id=lamp, language="en")).status_code == 404


def test_the_list_is_searched_filtered_and_paged(client, seller, store):
    for i in range(53):
        create_product(
            user_id=seller.pk,
            store=store.slug,
            draft=draft(ref=f"r{i}", title=f"Lamp {i:02}", category="home", variants=(variant(f"s{i}"),)),
            at=AT + timedelta(minutes=i),
        )
    first = client.get(to("seller-products", store)).content.decode()
    assert "Lamp 52" in first
    assert "Lamp 02" not in first
    onward = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert "Lamp 02" in client.get(to("seller-products", store) + onward).content.decode()
    found = client.get(to("seller-products", store) + "?q=s17").content.decode()
    assert "Lamp 17" in found
    assert "Lamp 18" not in found
    assert "Nothing found" in client.get(to("seller-products", store) + "?q=%25").content.decode()
    assert "Nothing found" in client.get(to("seller-products", store) + "?status=blocked").content.decode()


def test_the_list_costs_the_same_for_one_product_and_for_fifty(client, seller, store, django_assert_max_num_queries):
    for i in range(50):
        if i in (1, 49):
            with django_assert_max_num_queries(8):
                client.get(to("seller-products", store))
        create_product(
            user_id=seller.pk, store=store.slug, draft=draft(ref=f"r{i}", category="home", variants=(variant(f"s{i}"),)), at=AT
        )


CSV = "id,title,price,product_type,sale_price\na,Lamp,9.90 USD,Home > Lamps,\n=b,,x,Home,\n"


def test_a_file_is_sent_watched_and_its_refusals_read(client, store):
    sent = client.post(to("seller-imports", store), {"file": SimpleUploadedFile("goods.csv", CSV.encode())})
    job = ImportJob.objects.get()
    there = to("seller-import", store, id=job.pk)
    assert sent.status_code == 302
    assert sent["Location"] == there
    waiting = client.get(there).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    part = client.get(there, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert "goods.csv" in part
    run_import(job_id=job.pk, at=now())
    ended = client.get(there, headers={"hx-request": "true"})
    assert ended["HX-Retarget"] == "#main"
    html = ended.content.decode()
    assert "is not a price" in html
    assert "Discounts are not imported" in html
    assert "every 1s" not in html
    lines = b"".join(client.get(to("seller-import-refusals", store, id=job.pk)).streaming_content).decode().splitlines()
    assert lines[0] == "line,id,code,reason"
    assert lines[1].startswith("3,'=b,")
    assert "goods.csv" in client.get(to("seller-imports", store)).content.decode()


def test_no_file_is_a_sentence_and_not_an_error(client, store):
    assert client.post(to("seller-imports", store), {}).status_code == 422


def test_the_export_is_the_catalogue_as_a_file(client, store, lamp):
    sent = client.get(to("seller-export", store))
    text = b"".join(sent.streaming_content).decode()
    assert "attachment" in sent["Content-Disposition"]
    assert "lamp-1,Brass desk lamp,15.00 USD" in text


PLACES = [
    ("seller-products", "get", ()),
    ("seller-product-new", "get", ()),
    ("seller-product-new", "post", ()),
    ("seller-product", "get", ("id",)),
    ("seller-product", "post", ("id",)),
    ("seller-product-words", "get", ("id", "language")),
    ("seller-product-words", "post", ("id", "language")),
    ("seller-product-publication", "post", ("id",)),
    ("seller-product-withdrawal", "post", ("id",)),
    ("seller-product-restoration", "post", ("id",)),
    ("seller-export", "get", ()),
    ("seller-imports", "get", ()),
    ("seller-imports", "post", ()),
    ("seller-import", "get", ("job",)),
    ("seller-import-refusals", "get", ("job",)),
]


@pytest.mark.parametrize(("name", "method", "parts"), PLACES)
def test_only_members_of_the_store_come_in(name, method, parts, seller, store, lamp):
    job = ImportJob.objects.create(store=store, filename="x.csv", path="x")
    stranger = factories.user()
    other = factories.store(stranger)
    more = {"id": lamp} if "id" in parts else {"id": job.pk} if "job" in parts else {}
    more |= {"language": "ru"} if "language" in parts else {}
    places = [to(name, store, **more), *([to(name, other, **more)] if more else [])]
    for who in (stranger, factories.user()):
        visitor = Client()
        visitor.force_login(who)
        for place in places:
            assert getattr(visitor, method)(place).status_code == 404, place
    guest = getattr(Client(), method)(places[0])
    assert guest.status_code == 302
    assert "/sign-in" in guest["Location"]
    assert Product.objects.get().status == "active"


def test_media_serves_what_we_drew_and_nothing_else(client, store, settings):
    client.post(to("seller-product-new", store), filled(uploads=io.BytesIO(picture())))
    digest = Picture.objects.get().digest
    sent = client.get(f"/media/pictures/{digest[:2]}/{digest}-160.webp")
    assert sent.status_code == 200
    assert sent["Content-Type"] == "image/webp"
    assert "immutable" in sent["Cache-Control"]
    assert sent["X-Content-Type-Options"] == "nosniff"
    (settings.MEDIA_ROOT / "secret.webp").write_text("x")
    (settings.MEDIA_ROOT.parent / "up.webp").write_text("x")
    for path in ("secret.webp", "pictures/../../up.webp", "pictures/%2e%2e/secret.webp", "pictures/none.webp", "pictures/a.html"):
        assert client.get(f"/media/{path}").status_code == 404, path
