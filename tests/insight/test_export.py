"""Facts out of PostgreSQL: nothing is missed and nothing doubled, whoever commits late and whoever is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import ibis
import pytest
from django.db import connection, transaction

from caravan.insight.actions import export, the_lake
from caravan.insight.actions.export import _url
from caravan.insight.lake import FEEDBACK, ORDER_LINES, PRODUCTS, SIGNALS, Fact, Lake
from caravan.insight.lake.current import current
from caravan.reputation.models import Feedback
from caravan.signals.actions import write
from caravan.signals.rules import Sighting
from caravan.trade.models import Order
from tests import factories
from tests.factories import AT
from tests.reputation.bought import buyer, line

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lake(tmp_path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def product():
    return factories.product(factories.store(), factories.category("lamps"))


def rows(lake: Lake, fact: Fact) -> list[dict[str, object]]:
    con = ibis.duckdb.connect()
    files = [con.read_parquet(file) for file in lake.files(fact)]
    return current(fact, files).to_pyarrow().to_pylist() if files else []


def orders_in(lake: Lake) -> set[str]:
    return {str(r["order_id"]) for r in rows(lake, ORDER_LINES)}


def test_each_fact_is_exported_as_it_is(lake, product):
    bought = line(product, buyer(), quantity=2, eur_minor=2_000)
    Feedback.objects.create(
        line=bought, order=bought.order, store_id=product.store_id, buyer=bought.order.buyer, product=product,
        version=product.version, market="BR", stars=4, created_at=AT,
    )  # fmt: skip
    write([Sighting(at=AT, kind="view", visitor_id=product.pk, market="BR", language="pt", store_id=product.store_id)])
    assert dict(export(lake=lake).rows) == {"order_lines": 1, "signals": 1, "feedback": 1, "products": 1, "stores": 1}
    [sold] = rows(lake, ORDER_LINES)
    assert (sold["quantity"], sold["paid_eur_minor"], sold["refunded_at"], sold["category_path"]) == (2, 2_000, None, "lamps")
    assert sold["paid_at"] == bought.order.paid_at
    assert rows(lake, FEEDBACK)[0]["stars"] == 4
    assert rows(lake, SIGNALS)[0]["kind"] == "view"
    assert rows(lake, PRODUCTS)[0]["listed"] is True


def test_only_what_was_written_since_is_exported_again(lake, product):
    first = line(product, buyer())
    export(lake=lake)
    assert not dict(export(lake=lake).rows).get("order_lines")
    second = line(product, buyer())
    assert dict(export(lake=lake).rows)["order_lines"] == 1
    Order.objects.filter(pk=first.order_id).update(payment_state="refunded", refunded_at=AT)
    assert dict(export(lake=lake).rows)["order_lines"] == 1
    refunded = {str(r["order_id"]): r["refunded_at"] for r in rows(lake, ORDER_LINES)}
    assert refunded == {str(first.order_id): AT, str(second.order_id): None}


def test_a_line_given_back_in_part_counts_with_the_rest(lake, product):
    bought = line(product, buyer(), quantity=4, eur_minor=2_000)
    type(bought).objects.update(refunded_quantity=1, refunded_minor=500)
    export(lake=lake)
    [sold] = rows(lake, ORDER_LINES)
    assert (sold["quantity"], sold["paid_minor"], sold["paid_eur_minor"], sold["refunded_at"]) == (3, 1_500, 1_500, None)


def test_a_line_given_back_whole_keeps_its_figures_and_its_day(lake, product):
    bought = line(product, buyer(), quantity=4, eur_minor=2_000)
    type(bought).objects.update(refunded_quantity=4, refunded_minor=2_000)
    Order.objects.update(refunded_at=AT + timedelta(days=1))
    export(lake=lake)
    [sold] = rows(lake, ORDER_LINES)
    assert (sold["quantity"], sold["paid_eur_minor"], sold["refunded_at"]) == (4, 2_000, AT + timedelta(days=1))


def test_an_order_committed_late_is_not_missed(lake, product):
    """Two transactions at once; the one that began first commits last, after an export has been by."""
    written, exported = threading.Event(), threading.Event()
    late: list[str] = []

    def slow_shopper() -> None:
        try:
            with transaction.atomic():
                late.append(str(line(product, buyer()).order_id))
                written.set()
                assert exported.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow_shopper)
    thread.start()
    assert written.wait(10)
    quick = str(line(product, buyer()).order_id)
    export(lake=lake)
    assert orders_in(lake) == set()  # the quick one is committed, but nothing above the slow one is final yet
    exported.set()
    thread.join()
    export(lake=lake)
    assert orders_in(lake) == {quick, *late}


def test_what_is_rolled_back_is_never_exported(lake, product):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        line(product, buyer())
        raise ZeroDivisionError
    kept = line(product, buyer())
    export(lake=lake)
    assert orders_in(lake) == {str(kept.order_id)}


def test_a_database_has_a_lake_of_its_own(settings, tmp_path):
    settings.LAKE_ROOT = tmp_path
    assert the_lake().root == the_lake().root
    assert the_lake().root.parent == tmp_path


@pytest.mark.slow
def test_an_exporter_killed_is_continued_by_the_next(tmp_path, product):
    for _ in range(3):
        line(product, buyer())
    right = {str(pk) for pk in Order.objects.values_list("pk", flat=True)}
    subprocess.run(
        [sys.executable, "-m", "tests.insight.crash_export", tmp_path],
        cwd=Path(__file__).parents[2], env={**os.environ, "DATABASE_URL": _url()}, check=True, timeout=240,
    )  # fmt: skip
    moments = sorted(tmp_path.iterdir(), key=lambda p: int(p.name))
    assert len(moments) > 5
    for folder in moments:
        assert orders_in(Lake(folder)) == right, f"killed at touch {folder.name}"
        assert len(rows(Lake(folder), ORDER_LINES)) == 3
        assert not list(folder.rglob("*.draft"))
