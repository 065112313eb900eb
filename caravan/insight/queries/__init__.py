from caravan.insight.queries.rankings import KINDS, RankingPage, last_refresh, ranking
from caravan.insight.queries.volumes import SalesRow, VolumeRow, sales_of, volume_of, volumes_of

__all__ = ["KINDS", "RankingPage", "SalesRow", "VolumeRow", "last_refresh", "ranking", "sales_of", "volume_of", "volumes_of"]
