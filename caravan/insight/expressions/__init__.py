"""Market information as Ibis expressions: backend-neutral, run on DuckDB over Parquet by default."""

from caravan.insight.expressions.facts import Facts
from caravan.insight.expressions.market import MarketInformation, market_information

__all__ = ["Facts", "MarketInformation", "market_information"]
