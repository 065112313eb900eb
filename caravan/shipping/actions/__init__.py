from caravan.shipping.actions.learning import publish_routes
from caravan.shipping.actions.policy import add_free_rule, add_zone, remove_free_rule, remove_zone, set_policy
from caravan.shipping.actions.tables import drop_table, save_table

__all__ = [
    "add_free_rule",
    "add_zone",
    "drop_table",
    "publish_routes",
    "remove_free_rule",
    "remove_zone",
    "save_table",
    "set_policy",
]
