from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from caravan.kernel.ids import uuid7


def test_ids_of_one_process_strictly_increase():
    made = [uuid7() for _ in range(5_000)]
    assert made == sorted(set(made))


def test_ids_of_many_threads_are_distinct():
    with ThreadPoolExecutor(8) as threads:
        made = [i for batch in threads.map(lambda _: [uuid7() for _ in range(500)], range(8)) for i in batch]
    assert len(set(made)) == 4_000


def test_an_id_is_a_version_seven_uuid_of_its_instant():
    at = datetime(2011, 12, 9, 12, 50, tzinfo=UTC)
    made = uuid7(at)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(at.timestamp() * 1000)
