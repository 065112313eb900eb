"""The rules of market information. Formulas in prose with worked examples: docs/insight.md."""

from caravan.insight.rules.bands import Shown, amount_shown, shown
from caravan.insight.rules.places import Cell, Place, PlaceFigures, ScoreParts, score_parts
from caravan.insight.rules.scores import growth, hot_score, quality, rise
from caravan.insight.rules.settings import DEFAULTS, InsightSettings
from caravan.insight.rules.windows import Period, Windows, windows

__all__ = [
    "DEFAULTS",
    "Cell",
    "InsightSettings",
    "Period",
    "Place",
    "PlaceFigures",
    "ScoreParts",
    "Shown",
    "Windows",
    "amount_shown",
    "growth",
    "hot_score",
    "quality",
    "rise",
    "score_parts",
    "shown",
    "windows",
]
