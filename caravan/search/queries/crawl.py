"""Goods on sale in the order of their ids, for sitemaps: a file begins at an id and is as long as the reader takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

_BATCH = 1_000
_STARTS = """
SELECT id FROM (
    SELECT p.id, row_number() OVER (ORDER BY p.id) AS place
    FROM catalog_product p JOIN stores_store s ON s.id = p.store_id AND s.status = 'open' WHERE p.status = 'active'
) listed WHERE place %% %s = 1 ORDER BY id
"""
_FROM = """
SELECT p.id, p.slug, p.updated_at, p.cover_digest, p.cover_width
FROM catalog_product p
JOIN stores_store s ON s.id = p.store_id AND s.status = 'open'
WHERE p.status = 'active' AND p.id >= %s ORDER BY p.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class CrawlRow:
    """`digest` and `width` are those of the cover picture, or empty and 0."""

    id: UUID
    slug: str
    updated_at: datetime
    digest: str
    width: int


def crawl_starts(size: int) -> list[UUID]:
    """Where each run of `size` goods begins. Reads every id: for crawlers, behind a cache."""
    with connection.cursor() as cursor:
        cursor.execute(_STARTS, [size])
        return [row[0] for row in cursor.fetchall()]


def crawl_from(start: UUID, size: int) -> Iterator[CrawlRow]:
    """Up to `size` goods from that id on, read a thousand at a time."""
    left = size
    while left > 0:
        with connection.cursor() as cursor:
            cursor.execute(_FROM, [start, min(left, _BATCH) + 1])
            rows = cursor.fetchall()
        batch = rows[: min(left, _BATCH)]
        for id, slug, updated_at, digest, width in batch:
            yield CrawlRow(id, slug, updated_at, digest, width)
        if len(rows) == len(batch):
            return
        left -= len(batch)
        start = rows[-1][0]
