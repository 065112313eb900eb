"""As many pieces as were asked for are ordered and given back, whichever way PostgreSQL goes about it.

A sub-select with a LIMIT in `id IN (...)` may be run again for every row outside it: which plan is taken depends on statistics
that come and go.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

import caravan
from caravan.kernel.ids import uuid7
from caravan.promotions.actions.holding import hold_pieces
from caravan.promotions.actions.redeeming import redeem, release_redeemed
from caravan.promotions.models import Hold
from tests.factories import AT
from tests.promotions.claims import buyer, deal

OTHER_WAYS = ("enable_hashagg", "enable_hashjoin", "enable_mergejoin", "enable_material", "enable_sort", "enable_indexscan")


@pytest.fixture
def row_by_row(db):
    with connection.cursor() as cursor:
        for way in OTHER_WAYS:
            cursor.execute(f"SET LOCAL {way} = off")


def test_of_five_pieces_held_two_are_ordered_and_one_of_them_is_given_back(row_by_row):
    goods, somebody, purchase = deal(quantity=5), buyer(), uuid7()
    hold_pieces(goods_id=goods.pk, buyer_id=somebody, market="US", at=AT, pieces=5)
    redeem(
        purchase_id=purchase, buyer_id=somebody, coupon_ids=[], pieces=[(goods.pk, 2)], until=AT + timedelta(minutes=30), at=AT
    )
    assert Hold.objects.filter(state="ordered").count() == 2
    assert release_redeemed(purchase_id=purchase, goods={goods.pk: 1}, coupon_ids=()) == {goods.variant_id: 1}
    assert Hold.objects.filter(state="ordered").count() == 1


def test_no_statement_leaves_a_limit_to_a_semi_join():
    limited = re.compile(r"\bIN \(\s*SELECT\b[^()]*(?:\([^()]*\)[^()]*)*\bLIMIT\b")
    mended = {"0002_claims.py", "0007_as_many_as_asked.py"}
    for path in Path(caravan.__file__).parent.rglob("*.py"):
        assert path.name in mended or not limited.search(path.read_text("utf-8")), path
