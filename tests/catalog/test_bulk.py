from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from caravan.catalog.actions import bulk, create_product, open_import, run_import, store_picture
from caravan.catalog.models import ImportJob, PictureLink, Price, Product, Refusal, Variant, Version
from caravan.catalog.queries.export import export_products
from caravan.outbox.models import StoredEvent
from tests import factories
from tests.catalog.drafts import draft, picture
from tests.factories import AT

pytestmark = pytest.mark.django_db
HEAD = ["id", "title", "price", "product_type", "item_group_id", "color", "size", "quantity", "description", "image_link"]


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "private"}},
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "media", "base_url": "/media/", "allow_overwrite": True},
        },
    }


@pytest.fixture
def store():
    home = factories.category("home")
    factories.category("lamps", home)
    return factories.store()


def row(id: str, **cells: str) -> list[str]:
    given = {"id": id, "title": f"Thing {id}", "price": "9.90 USD", "product_type": "Home > Lamps", "quantity": "3", **cells}
    return [given.get(name, "") for name in HEAD]


def text(rows: list[list[str]], head: list[str] = HEAD) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([head, *rows])
    return out.getvalue()


def load(store, content: str, at=AT):
    job_id = open_import(store_id=store.pk, user_id=None, filename="goods.csv", file=ContentFile(content.encode()), at=at)
    return run_import(job_id=job_id, at=at)


def figures(job) -> tuple[int, int, int, int, int]:
    return (job.read, job.created, job.updated, job.unchanged, job.refused)


def world(store) -> list[object]:
    """Everything a shopper could tell apart."""
    goods = Product.objects.filter(store=store).order_by("external_ref")
    return [
        (
            p.external_ref,
            p.status,
            p.price_minor,
            p.price_max_minor,
            p.version.number,
            p.version.title,
            p.version.attributes,
            *tuple(p.variants.order_by("sku").values_list("sku", "options", "stock", "price_minor", "is_active")),
        )
        for p in goods.select_related("version")
    ]


def test_rows_become_products_and_variants(store):
    job = load(
        store,
        text(
            [
                row("a"),
                row("s1", item_group_id="shirt", color="red", size="S"),
                row("s2", item_group_id="shirt", color="red", size="M", price="12.00 USD"),
            ]
        ),
    )
    assert figures(job) == (3, 3, 0, 0, 0)
    shirt = Product.objects.get(external_ref="shirt")
    assert (shirt.price_minor, shirt.price_max_minor, shirt.status) == (990, 1200, "active")
    assert shirt.version.attributes == [["color", "red"]]
    assert [v.options for v in shirt.variants.all()] == [[["size", "S"]], [["size", "M"]]]
    assert Price.objects.count() == 3
    assert StoredEvent.objects.filter(name="catalog.products_imported").count() == 1


def test_the_same_file_again_changes_nothing(store):
    content = text([row("a"), row("s1", item_group_id="g", size="S"), row("s2", item_group_id="g", size="M")])
    load(store, content)
    before = world(store)
    job = load(store, content, AT + timedelta(days=1))
    assert figures(job) == (3, 0, 0, 3, 0)
    assert world(store) == before
    assert StoredEvent.objects.filter(name="catalog.products_imported").count() == 1


def test_only_what_differs_is_updated(store):
    load(store, text([row("a"), row("b")]))
    job = load(store, text([row("a", price="8.00 USD"), row("b"), row("c")]), AT + timedelta(days=1))
    assert figures(job) == (3, 1, 1, 1, 0)
    assert list(Price.objects.filter(variant__sku="a").order_by("since").values_list("minor", "until")) == [
        (990, AT + timedelta(days=1)),
        (800, None),
    ]
    assert Version.objects.filter(product__external_ref="a").count() == 1


def test_bad_rows_are_refused_with_line_and_reason_and_the_rest_kept(store):
    job = load(
        store,
        text(
            [
                row("a"),
                row("b", price="cheap"),
                row("c", product_type="Boats"),
                row("d", price="5.00 EUR"),
                row("e", title=""),
                row("f"),
                row("f"),
                row("g1", item_group_id="g", size="S"),
                row("g2", item_group_id="g", size="S"),
            ]
        ),
    )
    assert figures(job) == (9, 2, 0, 0, 7)
    assert list(Refusal.objects.values_list("line", "ref", "code")) == [
        (3, "b", "money.form"),
        (4, "c", "category.unknown"),
        (5, "d", "price.currency"),
        (6, "e", "title.missing"),
        (7, "f", "id.twice"),
        (8, "f", "id.twice"),
        (10, "g2", "options.twice"),
    ]
    assert "line 8" in Refusal.objects.get(line=7).reason
    assert Variant.objects.get(product__external_ref="g").sku == "g1"


def test_an_id_another_product_of_the_store_has_is_refused_but_another_stores_is_free(store):
    seller = factories.user()
    other = factories.store(seller)
    create_product(user_id=seller.pk, store=other.slug, draft=draft(category="home"), at=AT)
    assert load(store, text([row("lamp-1")])).created == 1
    job = load(other, text([row("lamp-1")]))
    assert job.refused == 1
    assert Refusal.objects.get().code == "sku.taken"


def test_a_file_that_is_no_product_file_fails_with_what_to_do(store):
    job = load(store, "name;cost\nlamp;3\n")
    assert (job.state, job.read) == ("failed", 0)
    assert "id, title, price" in job.error


def test_variants_the_file_does_not_bring_stay(store):
    load(store, text([row("s1", item_group_id="g", size="S"), row("s2", item_group_id="g", size="M")]))
    job = load(store, text([row("s2", item_group_id="g", size="M", quantity="9")]), AT + timedelta(days=1))
    assert figures(job) == (1, 0, 1, 0, 0)
    assert list(Variant.objects.order_by("sku").values_list("sku", "stock", "is_active")) == [("s1", 3, True), ("s2", 9, True)]


class Killed(BaseException):
    """As much as a test can do of kill -9: nothing after it runs, the transaction is gone."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("chunk", [0, 1, 2])
def test_an_import_killed_at_any_chunk_goes_on_and_ends_as_if_it_had_not_been(store, monkeypatch, chunk):
    monkeypatch.setattr(bulk, "CHUNK", 4)
    content = text([row(f"p{i}", price="oops" if i == 5 else "9.90 USD") for i in range(11)])
    job_id = open_import(store_id=store.pk, user_id=None, filename="g.csv", file=ContentFile(content.encode()), at=AT)
    calls = iter(range(100))
    count = bulk._count

    def killed(*args):
        if next(calls) == chunk:
            raise Killed
        count(*args)

    monkeypatch.setattr(bulk, "_count", killed)
    with pytest.raises(Killed):
        run_import(job_id=job_id, at=AT)
    assert ImportJob.objects.get().chunks_done == chunk
    monkeypatch.setattr(bulk, "_count", count)
    job = run_import(job_id=job_id, at=AT)
    assert (job.state, *figures(job)) == ("done", 11, 10, 0, 0, 1)
    assert Product.objects.count() == 10
    assert Refusal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_import_do_each_chunk_once_and_bring_back_no_stock_that_was_sold_meanwhile(store, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 4)
    content = text([row(f"p{i}") for i in range(11)])
    job_id = open_import(store_id=store.pk, user_id=None, filename="g.csv", file=ContentFile(content.encode()), at=AT)

    def overtaken(job):
        """By the worker that was given the job when this one was thought dead; then two of p5 are sold."""
        if job.read == 4:
            run_import(job_id=job_id, at=AT)
            Variant.objects.filter(sku="p5").update(stock=1)

    job = run_import(job_id=job_id, at=AT, progress=overtaken)
    assert (figures(job), ImportJob.objects.get().chunks_done) == ((11, 11, 0, 0, 0), 3)
    assert Variant.objects.get(sku="p5").stock == 1


def test_an_export_read_back_changes_nothing(store):
    load(
        store,
        text(
            [
                row("a", description="One, two.\n\n“Three”; 4\t5"),
                row("s1", item_group_id="g", color="red", size="S"),
                row("s2", item_group_id="g", color="blue", size="M, long\\wide"),
            ]
        ),
    )
    kept = store_picture(content=picture())
    Version.objects.update(pictures=[str(kept.id)])
    Product.objects.update(cover=kept.id)
    before = world(store)
    job = load(store, "".join(export_products(store.pk)), AT + timedelta(days=1))
    assert figures(job) == (3, 0, 0, 3, 0)
    assert world(store) == before


def test_picture_addresses_are_fetched_later_and_asked_once(store):
    content = text([row("a", image_link="https://pictures.example/a.jpg")])
    load(store, content)
    link = PictureLink.objects.get()
    assert (link.state, link.url) == ("waiting", "https://pictures.example/a.jpg")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'catalog.fetch_pictures'")
        assert cursor.fetchone()[0] == 1
    job = load(store, content, AT + timedelta(days=1))
    assert job.unchanged == 1
    assert PictureLink.objects.get().pk == link.pk


def test_a_thousand_rows_take_as_many_statements_as_ten(store, django_assert_max_num_queries):
    load(store, text([row("warm")]))
    with django_assert_max_num_queries(45):
        load(store, text([row(f"a{i}") for i in range(10)]))
    with django_assert_max_num_queries(45):
        load(store, text([row(f"b{i}") for i in range(900)]))
