from caravan.insight.queries.live import StoreDay, store_day
from caravan.insight.queries.promotions import PromotionReport, promotion_report
from caravan.insight.queries.rankings import (
    KINDS,
    Kind,
    RankingPage,
    StorePlace,
    last_refresh,
    markets_listed,
    place_of,
    places_of_store,
    ranking,
    shelf_of_store,
)
from caravan.insight.queries.records import ProductRecord, record_of
from caravan.insight.queries.volumes import (
    Funnel,
    FunnelRow,
    VolumeRow,
    best_sellers,
    funnel_of,
    own_volume,
    volume_of,
    volumes_of,
)

__all__ = [
    "KINDS",
    "Funnel",
    "FunnelRow",
    "Kind",
    "ProductRecord",
    "PromotionReport",
    "RankingPage",
    "StoreDay",
    "StorePlace",
    "VolumeRow",
    "best_sellers",
    "funnel_of",
    "last_refresh",
    "markets_listed",
    "own_volume",
    "place_of",
    "places_of_store",
    "promotion_report",
    "ranking",
    "record_of",
    "shelf_of_store",
    "store_day",
    "volume_of",
    "volumes_of",
]
