"""Rates that say how far they can be trusted."""

from __future__ import annotations

from math import sqrt

from caravan.reputation.rules.settings import DEFAULTS, ReputationSettings


def positive_rate(positive: int, negative: int) -> float | None:
    """Positive / (positive + negative), in 0..1; neutral is left out. None while nobody took a side."""
    return positive / (positive + negative) if positive + negative else None


def wilson_low(hits: int, trials: int, settings: ReputationSettings = DEFAULTS) -> float | None:
    """Lower bound of the 95% score interval of `hits / trials`, in 0..1; None for no trials.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    if not trials:
        return None
    z2, p = settings.confidence_z**2, hits / trials
    middle = p + z2 / (2 * trials)
    reach = settings.confidence_z * sqrt(p * (1 - p) / trials + z2 / (4 * trials**2))
    return min(p, max(0.0, (middle - reach) / (1 + z2 / trials)))  # rounding may lift a bound of nothing above 0


def bayesian_mean(total: int, count: int, prior: float, settings: ReputationSettings = DEFAULTS) -> float:
    """The mean of `count` ratings that sum to `total`, drawn towards `prior` as if 20 more ratings had said so."""
    return (total + prior * settings.prior_weight) / (count + settings.prior_weight)
