"""The history of offered prices: written when a promotion goes on, cut off when it goes off, so that what comes later is held
against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from caravan.promotions.models import OfferedPrice, Promotion
from caravan.promotions.queries.history import references
from caravan.promotions.rules.truth import Announcement


def offer(
    *, promotion: Promotion, prices: Sequence[Announcement], at: datetime, variant_ids: Collection[UUID] | None = None
) -> None:
    """These are the prices at which the promotion offers goods, from now on, or from when it begins, until it ends. What stands
    of it already and is the same goes on; what is not among them ends now. With `variant_ids`, of those variants only."""
    wanted = {(one.variant.id, one.market): one for one in prices if one.price < one.listed}
    standing = OfferedPrice.objects.filter(promotion=promotion, until__gt=at)
    if variant_ids is not None:
        standing = standing.filter(variant_id__in=variant_ids)
        wanted = {key: one for key, one in wanted.items() if key[0] in variant_ids}
    same = {(row.variant_id, row.market) for row in standing if _is_same(row, wanted)}
    _end((row for row in standing if not _is_same(row, wanted)), at)
    OfferedPrice.objects.bulk_create(
        OfferedPrice(
            promotion=promotion, variant_id=variant_id, market=market, minor=one.price.minor, currency=one.price.currency,
            reference_minor=one.reference.price.minor if one.reference else None, since=max(at, promotion.since),
            until=promotion.until,
        )
        for (variant_id, market), one in wanted.items() if (variant_id, market) not in same
    )  # fmt: skip


def freeze_references(*, promotion: Promotion, at: datetime) -> None:
    """What its prices are held against, now that it begins: since it was set up, goods may have been offered for less."""
    rows = list(OfferedPrice.objects.filter(promotion=promotion, since__lte=at, until__gt=at))
    for market in {row.market for row in rows}:
        here = {row.variant_id: row for row in rows if row.market == market}
        found = references({variant_id: row.since for variant_id, row in here.items()}, market)
        for variant_id, row in here.items():
            row.reference_minor = found[variant_id].price.minor if variant_id in found else None
    OfferedPrice.objects.bulk_update(rows, ["reference_minor"], batch_size=1_000)


def withdraw(*, promotion: Promotion, at: datetime) -> None:
    """It offers nothing any more."""
    _end(OfferedPrice.objects.filter(promotion=promotion, until__gt=at), at)


def _is_same(row: OfferedPrice, wanted: Mapping[tuple[UUID, str], Announcement]) -> bool:
    one = wanted.get((row.variant_id, row.market))
    return one is not None and (one.price.minor, one.price.currency) == (row.minor, row.currency)


def _end(rows: Iterable[OfferedPrice], at: datetime) -> None:
    begun = {row.pk: row.since < at for row in rows}
    OfferedPrice.objects.filter(pk__in=[pk for pk, has_begun in begun.items() if not has_begun]).delete()
    OfferedPrice.objects.filter(pk__in=[pk for pk, has_begun in begun.items() if has_begun]).update(until=at)
