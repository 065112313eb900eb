"""The columnar lake: facts as Parquet files under one folder, added to in steps, read as one row per key.

lake = Lake(root / "lake")
with stream(database_url, sql) as rows:             # rows with seq above lake.watermark(ORDER_LINES)
    lake.append(ORDER_LINES, rows, upto_seq=upto)
market_tables(lake, at=now())                       # every ranking and volume as of that instant
"""

from caravan.insight.lake.engine import MarketTables, market_tables, places
from caravan.insight.lake.files import LakeError
from caravan.insight.lake.schemas import FACTS, FEEDBACK, ORDER_LINES, PRODUCTS, SIGNALS, STORES, Fact
from caravan.insight.lake.source import stream
from caravan.insight.lake.store import Lake

__all__ = [
    "FACTS",
    "FEEDBACK",
    "ORDER_LINES",
    "PRODUCTS",
    "SIGNALS",
    "STORES",
    "Fact",
    "Lake",
    "LakeError",
    "MarketTables",
    "market_tables",
    "places",
    "stream",
]
