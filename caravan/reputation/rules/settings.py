"""Every number of the reputation rules, with the defaults of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ReputationSettings:
    """Stars are 1 to 5; amounts are US cents; `symbol_floors` are the points at which each of the fifteen symbols begins."""

    positive_from: int = 4
    negative_to: int = 2
    counted_once_within: timedelta = timedelta(days=10)
    scored_from_usd_minor: int = 500
    rate_window: timedelta = timedelta(days=182)
    review_window: timedelta = timedelta(days=30)
    prior_weight: int = 20
    confidence_z: float = 1.959963984540054
    symbol_floors: tuple[int, ...] = (
        3, 10, 30, 100, 200,
        500, 1_000, 2_000, 5_000, 10_000,
        20_000, 50_000, 100_000, 200_000, 400_000,
    )  # fmt: skip


DEFAULTS = ReputationSettings()
