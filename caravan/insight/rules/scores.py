"""The scores lists are ordered by. Buyers are distinct, paid, kept, and weighed by trust, so they may be fractions."""

from __future__ import annotations

from math import log, log2, sqrt

from caravan.insight.rules.settings import DEFAULTS, InsightSettings


def hot_score(recent: float, long: float, growth: float, quality: float, settings: InsightSettings = DEFAULTS) -> float:
    """ln(1+recent)*0.5 + ln(1+long)*0.2 + growth*0.2 + quality*0.1 (domain, section 1, where the period is 7 days)."""
    return (
        log(1 + recent) * settings.recent_weight
        + log(1 + long) * settings.long_weight
        + growth * settings.growth_weight
        + quality * settings.quality_weight
    )


def growth(recent: float, before: float, settings: InsightSettings = DEFAULTS) -> float:
    """log2 of this period's buyers over the last one's, 5 added to both, held within -1..1: +1 is doubled, -1 is halved."""
    ratio = log2((recent + settings.growth_smoothing) / (before + settings.growth_smoothing))
    return max(-settings.growth_bound, min(settings.growth_bound, ratio))


def quality(
    stars_total: int, ratings: int, usual_stars: float, kept: int, paid: int, settings: InsightSettings = DEFAULTS
) -> float:
    """How content buyers were, in 0..1: the Bayesian mean of the stars on a scale from 0 (one star) to 1 (five), times the
    part of the buyers who kept something of what they paid for. 20 draw the stars to the usual, and 20 the part to 1."""
    mean = (stars_total + usual_stars * settings.prior_weight) / (ratings + settings.prior_weight)
    kept_part = (kept + settings.prior_weight) / (paid + settings.prior_weight)
    return (mean - 1) / 4 * kept_part


def rise(recent: float, before: float) -> float:
    """How sure it is that more buy now than just before: the difference of two Poisson counts in standard deviations, with one
    buyer of doubt: (recent - before) / sqrt(recent + before + 1)."""
    return (recent - before) / sqrt(recent + before + 1)
