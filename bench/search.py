"""How well, and how fast, the shop's own search finds things: NDCG@10, latency, build time and size.

    python -m bench.search --data ../shared/data/homedepot

The set is Home Depot's (queries, product titles, graded relevance 1 to 3). All titles are indexed by the product's own
indexer with the settings of the shop; queries with at least 8 judged products are asked; a product nobody judged counts as
irrelevant; gain is 2^rel - 1. "p95 CPU" is the thread's own time in ms: what stays
when others use the machine. Queries are halved by a hash: weights were chosen on half A, half B stands beside it as a check.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from statistics import mean

import tantivy
from tantivy import Filter, Occur, Query, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from caravan.search.engine.index import Index
from caravan.search.engine.indexer import Indexer
from caravan.search.rules.document import SearchDocument
from caravan.search.rules.query import SearchQuery

DEPTH = 10
LEAST_JUDGED = 8
Judgements = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    ndcg: Mapping[str, float]
    milliseconds: Sequence[float]
    cpu_milliseconds: Sequence[float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/homedepot"))
    parser.add_argument("--queries", type=int, help="only the first so many")
    options = parser.parse_args()
    titles, judgements = read(options.data / "train.csv.gz")
    judgements = dict(list(judgements.items())[: options.queries])
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with Indexer(folder) as indexer:
            indexer.rebuild(documents(titles))
        seconds = time.perf_counter() - began
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()) / 1e6
        index = Index.open(folder)
        index.warm()
        results = [
            measure("BM25, stemmed titles", judgements, plain_bm25(titles)),
            measure("Caravan", judgements, caravan(index, facets=False)),
            measure("Caravan with facets", judgements, caravan(index, facets=True)),
        ]
    print(f"{len(titles):,} products, {len(judgements):,} queries, one thread; index built in {seconds:.1f} s, {size:.1f} MB")
    print(f"{'':22}{'half A':>9}{'half B':>9}{'NDCG@10':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'p95 CPU':>9}")
    for one in results:
        halves = [mean([v for q, v in one.ndcg.items() if half(q) == side] or [0.0]) for side in (0, 1)]
        took = sorted(one.milliseconds)
        busy = sorted(one.cpu_milliseconds)
        quantiles = [*(took[int(len(took) * q)] for q in (0.5, 0.95, 0.99)), busy[int(len(busy) * 0.95)]]
        figures = "".join(f"{figure:9.4f}" for figure in (*halves, mean(one.ndcg.values())))
        print(f"{one.name:22}{figures}" + "".join(f"{q:9.2f}" for q in quantiles))


def read(file: Path) -> tuple[dict[str, str], Judgements]:
    """Titles by product id, and judged relevance by query and product id."""
    titles: dict[str, str] = {}
    judged: defaultdict[str, dict[str, float]] = defaultdict(dict)
    with gzip.open(file, "rt", encoding="latin-1", newline="") as text:
        for row in csv.DictReader(text):
            titles[row["product_uid"]] = row["product_title"]
            judged[row["search_term"]][row["product_uid"]] = float(row["relevance"])
    return titles, {query: found for query, found in judged.items() if len(found) >= LEAST_JUDGED}


def documents(titles: Mapping[str, str]) -> Iterator[SearchDocument]:
    """Titles are all this set has; everything else is equal for all products."""
    day = datetime(2015, 1, 1, tzinfo=UTC)
    for id, title in titles.items():
        yield SearchDocument(
            id=id, store_id="1", store_slug="depot", titles={"en": title}, category_path=(), price=1000, published_at=day
        )  # fmt: skip


def caravan(index: Index, facets: bool) -> Callable[[str], list[str]]:
    def ask(text: str) -> list[str]:
        return [hit.id for hit in index.search(SearchQuery(text=text, limit=DEPTH), facets=facets).hits]

    return ask


def plain_bm25(titles: Mapping[str, str]) -> Callable[[str], list[str]]:
    """The usual index: lower case, English stems, any of the words, BM25."""
    analyzer = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.stemmer("english")).build()
    schema = SchemaBuilder().add_text_field("title", tokenizer_name="stemmed").add_text_field("id", stored=True).build()
    index = tantivy.Index(schema)
    index.register_tokenizer("stemmed", analyzer)
    writer = index.writer(128_000_000, 1)
    for id, title in titles.items():
        writer.add_document(tantivy.Document.from_dict({"id": id, "title": title}, schema))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> list[str]:
        terms = [(Occur.Should, Query.term_query(schema, "title", term)) for term in analyzer.analyze(text)]
        return [str(searcher.doc(at).get_first("id")) for _, at in searcher.search(Query.boolean_query(terms), DEPTH).hits]

    return ask


def measure(name: str, judgements: Judgements, ask: Callable[[str], list[str]]) -> Measured:
    scores: dict[str, float] = {}
    took: list[float] = []
    busy: list[float] = []
    for text, judged in judgements.items():
        began, began_cpu = time.perf_counter(), time.thread_time()
        found = ask(text)
        busy.append((time.thread_time() - began_cpu) * 1000)
        took.append((time.perf_counter() - began) * 1000)
        scores[text] = ndcg(found, judged)
    return Measured(name, scores, took, busy)


def ndcg(found: Sequence[str], judged: Mapping[str, float]) -> float:
    """NDCG@10, gain 2^rel - 1, discount log2(rank + 1), the ideal being that of the query's judged products."""
    ideal = _dcg(sorted(judged.values(), reverse=True))
    return _dcg([judged.get(id, 0.0) for id in found]) / ideal


def half(query: str) -> int:
    """0 for half A, 1 for half B."""
    return hashlib.sha256(query.encode()).digest()[0] & 1


def _dcg(relevances: Sequence[float]) -> float:
    return sum((2**relevance - 1) / log2(rank + 2) for rank, relevance in enumerate(relevances[:DEPTH]))


if __name__ == "__main__":
    main()
