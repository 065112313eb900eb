"""The history of offered prices: written when a promotion goes on, cut off when it goes off, so that what comes later is held
against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.models import OfferedPrice, Promotion
from caravan.promotions.rules.truth import Announcement


def offer(
    *, promotion: Promotion, prices: Sequence[Announcement], at: datetime, variant_ids: Collection[UUID] | None = None
) -> None:
    """These are the prices at which the promotion offers goods, from now on, or from when it begins, until it ends. What stands
    of it already and is the same goes on; what is not among them ends now. With `variant_ids`, of those variants only."""
    wanted = {(one.variant.id, one.market): one.price for one in prices if one.price < one.listed}
    standing = OfferedPrice.objects.filter(promotion=promotion, until__gt=at)
    if variant_ids is not None:
        standing = standing.filter(variant_id__in=variant_ids)
        wanted = {key: price for key, price in wanted.items() if key[0] in variant_ids}
    same = {(row.variant_id, row.market) for row in standing if _is_same(row, wanted)}
    _end((row for row in standing if not _is_same(row, wanted)), at)
    OfferedPrice.objects.bulk_create(
        OfferedPrice(
            promotion=promotion, variant_id=variant_id, market=market, minor=price.minor, currency=price.currency,
            since=max(at, promotion.since), until=promotion.until,
        )
        for (variant_id, market), price in wanted.items() if (variant_id, market) not in same
    )  # fmt: skip


def withdraw(*, promotion: Promotion, at: datetime) -> None:
    """It offers nothing any more."""
    _end(OfferedPrice.objects.filter(promotion=promotion, until__gt=at), at)


def _is_same(row: OfferedPrice, wanted: Mapping[tuple[UUID, str], Money]) -> bool:
    price = wanted.get((row.variant_id, row.market))
    return price is not None and (price.minor, price.currency) == (row.minor, row.currency)


def _end(rows: Iterable[OfferedPrice], at: datetime) -> None:
    begun = {row.pk: row.since < at for row in rows}
    OfferedPrice.objects.filter(pk__in=[pk for pk, has_begun in begun.items() if not has_begun]).delete()
    OfferedPrice.objects.filter(pk__in=[pk for pk, has_begun in begun.items() if has_begun]).update(until=at)
