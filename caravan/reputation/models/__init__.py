from caravan.reputation.models.feedback import Feedback
from caravan.reputation.models.standing import CategoryMean, ProductRating, StoreCredit

__all__ = ["CategoryMean", "Feedback", "ProductRating", "StoreCredit"]
