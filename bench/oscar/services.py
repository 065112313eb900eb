"""What a shop on django-oscar has beside it, a search engine and thumbnails, in a form that costs next to nothing.

Its lists come from a search engine, and not at all from Haystack's simple one, which knows no categories. Solr,
which it recommends, is a server of its own asked over HTTP; Whoosh would search in its own processes. Neither is counted against
it here: statements by the primary keys of categories count and find the products of a list, and facets are not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery, SearchNode
from oscar.core.thumbnails import AbstractThumbnailer


class Query(BaseSearchQuery):
    """Products of the categories asked for; words are not looked at.

    Products come with what it has read, as those of Haystack's simple engine do. Else django-oscar reads the 48 of a list one by
    one, and a page takes 297 statements rather than 14: it leaves out `load_all` where no words are searched for.
    """

    def get_count(self) -> int:
        if self._hit_count is None:
            self._hit_count = self._found().count()
        return self._hit_count

    def _reset(self) -> None:
        hits = self._hit_count
        super()._reset()
        self._hit_count = hits  # a page more or less does not change how many there are

    def run(self, spelling_query: object = None, **kwargs: object) -> None:
        products = self._found().base_queryset().order_by("pk")[self.start_offset : self.end_offset]
        self._results = [self._result(product) for product in products]
        self._facet_counts = {}

    def _found(self) -> Any:
        from oscar.core.loading import get_model

        ids = [id for name, value in _conditions(self.query_filter) if name == "category__in" for id in value]
        within = get_model("catalogue", "ProductCategory").objects.filter(category_id__in=ids)
        return get_model("catalogue", "Product").objects.browsable().filter(pk__in=within.values("product"))

    def _result(self, product: Any) -> Any:
        result = self.result_class("catalogue", "product", product.pk, 0)
        result._object = product
        return result


class Engine(BaseEngine):
    backend = BaseSearchBackend
    query = Query


class Thumbnailer(AbstractThumbnailer):
    """Says where a thumbnail would be, as one does whose pictures are scaled by the server of pictures."""

    def generate_thumbnail(self, source: Any, **opts: Any) -> Thumbnail:
        return Thumbnail(f"/media/{opts['size']}/{source}")

    def delete_thumbnails(self, source: Any) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Thumbnail:
    url: str


def _conditions(node: SearchNode) -> Iterator[tuple[str, Any]]:
    for child in node.children:
        if isinstance(child, SearchNode):
            yield from _conditions(child)
        else:
            yield child
