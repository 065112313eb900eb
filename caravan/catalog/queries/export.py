from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings

from caravan.catalog.models import Product
from caravan.catalog.queries.categories import spelled
from caravan.catalog.queries.pictures import pictures
from caravan.catalog.queries.stored import Stored, stored_unlocked
from caravan.catalog.rules.feed import WRITTEN, rows_of
from caravan.kernel.sheets import csv_text

CHUNK = 500  # products read at a time


def export_products(store_id: UUID) -> Iterator[str]:
    """A store's goods as the text of a CSV file, piece by piece, oldest first. What an operator blocked is in it too."""
    yield csv_text([WRITTEN])
    after = UUID(int=0)
    while ids := list(_after(store_id, after)):
        after = ids[-1]
        goods = stored_unlocked(store_id, ids)
        shown = pictures(
            picture for s in goods for picture in (*s.draft.pictures, *(link.picture_id for link in s.links if link.picture_id))
        )
        urls = {id: urljoin(settings.SITE_URL, row.full) for id, row in shown.items()}
        yield csv_text(
            [row for s in goods for row in rows_of(s.draft, category=spelled(s.draft.category), links=_links(s, urls))]
        )


def _after(store_id: UUID, product_id: UUID) -> Iterator[UUID]:
    yield from Product.objects.filter(store_id=store_id, pk__gt=product_id).order_by("pk").values_list("pk", flat=True)[:CHUNK]


def _links(stored: Stored, urls: dict[UUID, str]) -> tuple[str, ...]:
    """Addresses an import recognises: of our own files, and where a picture has not arrived yet, the one it was to come from."""
    if stored.links:
        return tuple(urls.get(link.picture_id, link.url) if link.picture_id else link.url for link in stored.links)
    return tuple(urls[picture] for picture in stored.draft.pictures if picture in urls)
