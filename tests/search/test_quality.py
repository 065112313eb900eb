"""The ranking is held to what it was measured at, on the judged set of `bench.search`."""

from pathlib import Path
from statistics import mean

import pytest

from bench.search import caravan, documents, measure, plain_bm25, read
from caravan.search.engine.index import Index
from caravan.search.engine.indexer import Indexer

DATA = Path(__file__).parents[3] / "shared" / "data" / "homedepot" / "train.csv.gz"


@pytest.mark.slow
@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/homedepot, which is not part of this repository")
def test_the_shops_search_beats_plain_bm25_by_a_tenth(tmp_path):
    titles, judgements = read(DATA)
    with Indexer(tmp_path) as indexer:
        indexer.rebuild(documents(titles))
    ours = measure("Caravan", judgements, caravan(Index.open(tmp_path), facets=False))
    plain = measure("BM25", judgements, plain_bm25(titles))
    assert mean(ours.ndcg.values()) >= 0.40
    assert mean(ours.ndcg.values()) >= 1.1 * mean(plain.ndcg.values())
