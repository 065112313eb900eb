"""Prices that may not change for the time being."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from caravan.catalog.rules.draft import FieldError, ProductDraft
from caravan.kernel.money import Money


@dataclass(frozen=True, slots=True)
class LockedPrice:
    """What a variant costs, everywhere and in single markets, and until when it has to stay so."""

    price: Money
    market_prices: tuple[tuple[str, Money], ...]
    until: datetime


def moved_locks(draft: ProductDraft, locked: Mapping[str, LockedPrice], at: datetime, zone: str) -> Iterator[FieldError]:
    """An error for each variant of `draft` with another price than it is `locked` at (by SKU). Instants are told in `zone`."""
    for i, variant in enumerate(draft.variants):
        lock = locked.get(variant.sku)
        if lock is None or lock.until <= at:
            continue
        until = f"{lock.until.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
        if variant.price != lock.price:
            yield FieldError(f"variants.{i}.price", "price.locked", until)
        elif dict(variant.market_prices) != dict(lock.market_prices):
            yield FieldError(f"variants.{i}.market_prices", "price.locked", until)
