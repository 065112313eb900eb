"""Files in and out by the command line: what was done, what was refused and why, and the rest kept."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from caravan.catalog.models import Product
from caravan.kernel.sheets import csv_text
from caravan.project import csv_files
from caravan.project.cli import cli
from caravan.promotions.models import Promotion
from caravan.trade.models import Parcel
from tests import factories
from tests.trade.scene import fill_cart, pay, place, scene

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def counts(done: Result) -> dict[str, int]:
    return {name: int(number.replace(",", "")) for name, number in (line.split() for line in done.stdout.splitlines())}


def written(path: Path, *rows: tuple[object, ...]) -> Path:
    path.write_text(csv_text(rows), encoding="utf-8")
    return path


def told(report: Path) -> list[list[str]]:
    with report.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


@pytest.fixture
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    factories.rates()
    factories.category("lamps")
    return factories.store(slug="lumen", currency="USD")


def test_goods_come_in_but_for_a_row_that_is_refused_with_its_line_and_reason(store, tmp_path):
    head = ("id", "title", "description", "price", "availability", "product_type")
    goods = written(
        tmp_path / "goods.csv",
        head,
        ("L1", "Lamp", "Brass", "20.00 USD", "in_stock", "lamps"),
        ("L2", "", "", "a lot", "", ""),
    )
    done = run("import", "products", goods, "--store", "lumen", "--report", tmp_path / "refused.csv")
    assert done.exit_code == 1, done.output
    assert (counts(done)["created"], counts(done)["refused"]) == (1, 1)
    assert done.stderr.startswith("line 3  L2  ")
    head, *refused = told(tmp_path / "refused.csv")
    assert head == ["line", "id", "code", "reason"]
    assert {(line, of) for line, of, *_ in refused} == {("3", "L2")}
    assert all(reason for *_, reason in refused)
    assert Product.objects.get().version.title == "Lamp"


def test_goods_that_go_out_come_in_again_and_change_nothing(store, tmp_path):
    factories.product(store, factories.category("rugs"), title="Rug", external_ref="R1")
    out = run("export", "products", "--store", "lumen", "-o", tmp_path / "goods.csv")
    assert out.exit_code == 0, out.output
    assert (tmp_path / "goods.csv").read_bytes().decode() == run("export", "products", "--store", "lumen").stdout_bytes.decode()
    again = run("import", "products", tmp_path / "goods.csv", "--store", "lumen")
    assert (again.exit_code, counts(again)["unchanged"], counts(again)["refused"]) == (0, 1, 0)


def test_promotions_come_in_but_for_those_that_cannot_be_used(store, tmp_path):
    product = factories.product(store, factories.category("rugs"), external_ref="R1")
    begins, ends = (f"{timezone.now() + timedelta(days=days):%Y-%m-%d %H:%M}" for days in (1, 8))
    sheet = written(
        tmp_path / "spring.csv",
        ("id", "tool", "name", "begins", "ends", "sku", "price", "pieces"),
        ("flash", "limited", "Spring", begins, ends, product.variants.get().sku, "5.00", "5"),
        ("odd", "raffle", "Spring", begins, ends, "", "", ""),
    )
    done = run("import", "promotions", sheet, "--store", "lumen", "--report", tmp_path / "refused.csv")
    assert done.exit_code == 1, done.output
    assert counts(done) == {"created": 1, "updated": 0, "unchanged": 0, "refused": 1}
    _, (line, of, code, reason) = told(tmp_path / "refused.csv")
    assert (line, of) == ("3", "odd")
    assert f"{code}: {reason}" in done.stderr
    assert Promotion.objects.get().kind == "limited"
    assert run("export", "promotions", "--store", "lumen").stdout.count("Spring") == 1


def test_orders_are_shipped_but_for_one_that_is_not_there(tmp_path):
    day = scene()
    placed = place(fill_cart((day.lamp, 1)))
    pay(placed)
    slug = day.lamp.product.store.slug
    waiting = run("export", "to-ship", "--store", slug)
    assert placed.orders[0].number in waiting.stdout
    sent = written(
        tmp_path / "sent.csv",
        ("order_number", "carrier", "tracking_code"),
        (placed.orders[0].number, "dhl", "T1"),
        ("C-NOBODY", "dhl", "T2"),
    )
    done = run("import", "shipments", sent, "--store", slug, "--report", tmp_path / "refused.csv")
    assert done.exit_code == 1, done.output
    assert counts(done) == {"rows": 2, "parcels": 1, "unchanged": 0, "refused": 1}
    head, refused = told(tmp_path / "refused.csv")
    assert (head, refused[:2]) == (["line", "order_number", "code", "reason"], ["3", "C-NOBODY"])
    assert Parcel.objects.get().tracking_code == "T1"


def test_of_many_refusals_the_terminal_says_the_first_and_how_many_there_are(tmp_path, capsys):
    refused = [(n, f"r{n}", "bad", "Because.") for n in range(2, 102)]
    csv_files.say_refused(refused, len(refused), tmp_path / "refused.csv")
    said = capsys.readouterr().err.splitlines()
    assert len(said) == csv_files.SAID + 1
    assert said[0] == "line 2  r2  bad: Because."
    assert said[-1] == "... and more: 100 lines in all; --report FILE writes them down."
    assert len(told(tmp_path / "refused.csv")) == 101
