from caravan.reputation.queries.feedback import (
    FeedbackPage,
    FeedbackRow,
    feedback_by_account,
    feedback_of_product,
    feedback_of_store,
    unanswered,
)
from caravan.reputation.queries.lines import LineToRate, line_of_order, line_to_rate, rated_lines
from caravan.reputation.queries.service import service_of
from caravan.reputation.queries.standing import CreditRow, RatingRow, credit_of, credits_of

__all__ = [
    "CreditRow",
    "FeedbackPage",
    "FeedbackRow",
    "LineToRate",
    "RatingRow",
    "credit_of",
    "credits_of",
    "feedback_by_account",
    "feedback_of_product",
    "feedback_of_store",
    "line_of_order",
    "line_to_rate",
    "rated_lines",
    "service_of",
    "unanswered",
]
