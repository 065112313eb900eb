import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from caravan.search.engine import generations
from caravan.search.engine.generations import IndexMissing
from caravan.search.engine.index import CHECKED_EVERY, Index
from caravan.search.engine.indexer import Indexer, IndexerBusy
from tests.search.market import found, index_of, product


def wait_until(check, seconds=5.0):
    until = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)


def test_a_reader_sees_a_commit_within_a_second(tmp_path):
    with Indexer(tmp_path) as indexer:
        index = Index.open(tmp_path)
        indexer.apply([product("Lamp", "a")])
        wait_until(lambda: found(index, "lamp") == ["a"], CHECKED_EVERY + 0.75)
        indexer.apply([product("Table", "a"), product("Lamp", "b")])
        wait_until(lambda: found(index, "lamp") == ["b"] and found(index, "table") == ["a"], CHECKED_EVERY + 0.75)


def test_what_is_deleted_vanishes(tmp_path):
    index_of(tmp_path, product("Lamp", "a"), product("Lamp", "b"))
    with Indexer(tmp_path) as indexer:
        indexer.apply(deletes=["a", "never-there"])
    index = Index.open(tmp_path)
    assert found(index, "lamp") == ["b"]


def test_the_same_batch_twice_changes_nothing(tmp_path):
    with Indexer(tmp_path) as indexer:
        for _ in range(2):
            indexer.apply([product("Lamp", "a")], deletes=["b"])
    assert found(Index.open(tmp_path), "lamp") == ["a"]


def test_a_batch_that_fails_leaves_nothing_behind(tmp_path):
    def broken():
        yield product("Lamp", "a")
        raise RuntimeError("the catalogue went away")

    with Indexer(tmp_path) as indexer:
        with pytest.raises(RuntimeError):
            indexer.apply(broken())
        indexer.apply([product("Lamp", "b")])
    assert found(Index.open(tmp_path), "lamp") == ["b"]


def test_a_rebuild_replaces_everything_and_keeps_one_former_generation(tmp_path):
    index = index_of(tmp_path, product("Lamp", "a"))
    with Indexer(tmp_path) as indexer:
        assert not indexer.starts_empty
        for n in range(3):
            assert indexer.rebuild([product("Lamp", f"r{n}")]) == 1
        indexer.apply([product("Lamp", "later")])
    wait_until(lambda: set(found(index, "lamp")) == {"r2", "later"})
    assert len(list((tmp_path / "generations").iterdir())) == 2


def test_there_is_one_writer(tmp_path):
    with Indexer(tmp_path), pytest.raises(IndexerBusy):
        Indexer(tmp_path)
    Indexer(tmp_path).close()


def test_without_an_index_a_reader_is_told_what_to_do(tmp_path):
    with pytest.raises(IndexMissing, match="rebuild"):
        Index.open(tmp_path)


def test_an_index_of_another_version_is_begun_anew(tmp_path, monkeypatch):
    index_of(tmp_path, product("Lamp"))
    monkeypatch.setattr(generations, "VERSION", 999)
    with pytest.raises(IndexMissing, match="another version"):
        Index.open(tmp_path)
    with Indexer(tmp_path) as indexer:
        assert indexer.starts_empty
    assert found(Index.open(tmp_path), "lamp") == []


def test_readers_never_fail_while_the_index_is_rebuilt_and_written(tmp_path):
    index = index_of(tmp_path, *(product("Lamp", f"p{n}") for n in range(50)))
    stop, failures, reads = threading.Event(), [], []

    def read():
        while not stop.is_set():
            try:
                fresh = Index.open(tmp_path)
                counts = {len(found(one, "lamp", limit=100)) for one in (index, fresh)}
                assert counts <= {50, 51}, counts
                reads.append(1)
            except Exception as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    with Indexer(tmp_path) as indexer:
        for _ in range(8):
            indexer.rebuild(product("Lamp", f"p{n}") for n in range(50))
            indexer.apply([product("Lamp", "one more")])
    stop.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert reads


WRITER = """
import sys
from caravan.search.engine.indexer import Indexer
from tests.search.market import product
with Indexer(sys.argv[1]) as indexer:
    print("writing", flush=True)
    n = 0
    while True:
        n += 1
        if n % 3:
            indexer.apply([product("Lamp", f"w{n}-{k}") for k in range(20)], deletes=["w1-0"])
        else:
            indexer.rebuild(product("Lamp", f"r{k}") for k in range(200))
"""


@pytest.mark.parametrize("moment", [0.0, 0.11, 0.23, 0.37])
def test_a_writer_killed_at_any_moment_leaves_a_readable_index(tmp_path, moment):
    index = index_of(tmp_path, product("Lamp", "kept"))
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(moment)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    assert found(index, "lamp")
    assert found(Index.open(tmp_path), "lamp")
    with Indexer(tmp_path) as indexer:
        indexer.apply([product("Kettle", "after")])
        indexer.rebuild([product("Kettle", "after")])
    assert found(Index.open(tmp_path), "kettle") == ["after"]
    assert len(list((tmp_path / "generations").iterdir())) == 2
