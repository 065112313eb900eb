"""How feedback becomes a store's standing. Formulas in prose with worked examples: docs/reputation.md."""

from caravan.reputation.rules.credit import StoreCredit, store_credit
from caravan.reputation.rules.detailed import CategoryMeans, Comparison, DetailedRating, compared, detailed_rating
from caravan.reputation.rules.histogram import Histogram
from caravan.reputation.rules.points import Rating, Unscored, Verdict, point, unscored_reason, verdicts
from caravan.reputation.rules.rates import bayesian_mean, positive_rate, wilson_low
from caravan.reputation.rules.settings import DEFAULTS, ReputationSettings
from caravan.reputation.rules.symbols import Symbol, symbol

__all__ = [
    "DEFAULTS",
    "CategoryMeans",
    "Comparison",
    "DetailedRating",
    "Histogram",
    "Rating",
    "ReputationSettings",
    "StoreCredit",
    "Symbol",
    "Unscored",
    "Verdict",
    "bayesian_mean",
    "compared",
    "detailed_rating",
    "point",
    "positive_rate",
    "store_credit",
    "symbol",
    "unscored_reason",
    "verdicts",
    "wilson_low",
]
