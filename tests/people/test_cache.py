from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from caravan.kernel.clock import stopped
from caravan.people.actions.cache import TableCache, forget
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache() -> TableCache:
    return TableCache("", {})


def test_what_was_put_in_comes_out_until_it_expires(cache):
    with stopped(AT):
        cache.set("attempts", [1.5, 2.5], timeout=60)
        assert cache.get("attempts") == [1.5, 2.5]
    with stopped(AT + timedelta(seconds=61)):
        assert cache.get("attempts", []) == []
        assert cache.add("attempts", [3])
        assert forget(at=AT) == 0


def test_a_key_is_added_once(cache):
    assert cache.add("lock", True, timeout=60)
    assert not cache.add("lock", True, timeout=60)
    assert cache.delete("lock")
    assert cache.add("lock", True, timeout=60)


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_one_gets_the_lock(cache):
    def one(_) -> bool:
        try:
            return cache.add("lock", True, timeout=60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) == 1
