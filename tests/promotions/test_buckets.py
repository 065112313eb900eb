from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.ids import uuid7
from caravan.promotions.actions.buckets import PARTS, empty_buckets, fill_buckets
from caravan.promotions.models import Bucket

pytestmark = pytest.mark.django_db


def lefts(subject_id):
    return list(Bucket.objects.filter(subject_id=subject_id).order_by("number").values_list("left", flat=True))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=3))
def test_what_is_filled_in_is_what_is_left_and_spread_evenly(fillings):
    deal, other = uuid7(), uuid7()
    with transaction.atomic():
        fill_buckets(subject_id=other, pieces=7)
        for pieces in fillings:
            fill_buckets(subject_id=deal, pieces=pieces)
        assert sum(lefts(deal)) == sum(fillings)
        assert len(lefts(deal)) == min(PARTS, max(fillings))
        if len(fillings) == 1:
            assert max(lefts(deal)) - min(lefts(deal)) <= 1
        assert empty_buckets(subject_id=deal) == sum(fillings)
        assert lefts(deal) == []
        assert empty_buckets(subject_id=deal) == 0
        assert sum(lefts(other)) == 7
        transaction.set_rollback(True)


def test_nothing_is_filled_in_by_mistake():
    with pytest.raises(ValueError, match="0 pieces"):
        fill_buckets(subject_id=uuid7(), pieces=0)


@pytest.mark.django_db(transaction=True)
def test_pieces_move_in_a_transaction_only():
    with pytest.raises(RuntimeError, match="in the transaction"):
        fill_buckets(subject_id=uuid7(), pieces=5)
    with pytest.raises(RuntimeError, match="in the transaction"):
        empty_buckets(subject_id=uuid7())
