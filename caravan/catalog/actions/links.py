"""Picture addresses of a product file, beside those its products already have: what is known is used, the rest fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from procrastinate.contrib.django import app

from caravan.catalog.models import Picture, PictureLink
from caravan.catalog.queries.stored import Stored
from caravan.catalog.rules import ProductDraft

TASK = "catalog.fetch_pictures"
_OURS = re.compile(r"/pictures/[0-9a-f]{2}/([0-9a-f]{64})-\d+\.webp$")

Known = Mapping[str, UUID]


@dataclass(frozen=True, slots=True)
class Linked:
    """A draft with the pictures its links lead to; `links` are to be written as the product's, None leaves them as they are."""

    draft: ProductDraft
    links: tuple[tuple[str, UUID | None], ...] | None


def known_pictures(*, store_id: UUID, urls: Sequence[str]) -> dict[str, UUID]:
    """The pictures we already have of those addresses: our own files, which are named by their content, and what
    this store's links once led to."""
    digests = {url: ours[1] for url in urls if (ours := _OURS.search(url))}
    ids = dict(Picture.objects.filter(digest__in=digests.values()).values_list("digest", "id")) if digests else {}
    known = {url: ids[digest] for url, digest in digests.items() if digest in ids}
    foreign = [url for url in urls if url not in known]
    if foreign:
        fetched = PictureLink.objects.filter(product__store_id=store_id, url__in=foreign, picture__isnull=False)
        known.update(fetched.values_list("url", "picture_id"))
    return known


def linked(draft: ProductDraft, *, old: Stored | None, known: Known) -> Linked:
    """Resolve `draft.picture_links`. A product whose links have not changed keeps its pictures, whatever became of them."""
    if draft.picture_links is None:
        return Linked(replace(draft, pictures=old.draft.pictures if old else ()), None)
    links = tuple((url, known.get(url)) for url in draft.picture_links)
    wanted = [picture or url for url, picture in links]
    if old and wanted == [link.picture_id or link.url for link in old.links]:
        return Linked(replace(draft, pictures=old.draft.pictures), None)
    arrived = tuple(dict.fromkeys(picture for _, picture in links if picture))
    if len(arrived) == len(links):
        return Linked(replace(draft, pictures=arrived), () if old and old.links else None)
    # Until the new ones arrive the old ones stay: a listing never loses its face for a minute.
    return Linked(replace(draft, pictures=arrived or (old.draft.pictures if old else ())), links)


def write_links(links: Sequence[tuple[UUID, tuple[tuple[str, UUID | None], ...]]]) -> None:
    """Replace the links of those products and queue the fetching of what is missing, in the caller's transaction."""
    PictureLink.objects.filter(product_id__in=[product_id for product_id, _ in links]).delete()
    state = PictureLink.State
    PictureLink.objects.bulk_create(
        PictureLink(
            product_id=product_id, position=i, url=url, picture_id=picture, state=state.DONE if picture else state.WAITING
        )
        for product_id, pairs in links
        for i, (url, picture) in enumerate(pairs)
    )
    jobs = [{"product_id": str(product_id)} for product_id, pairs in links if any(picture is None for _, picture in pairs)]
    if jobs:
        app.configure_task(TASK).batch_defer(*jobs)  # type: ignore[arg-type]
