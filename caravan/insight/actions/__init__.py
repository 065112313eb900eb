from caravan.insight.actions.export import Exported, export, the_lake
from caravan.insight.actions.refresh import Refreshed, refresh

__all__ = ["Exported", "Refreshed", "export", "refresh", "the_lake"]
