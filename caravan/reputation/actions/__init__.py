from caravan.reputation.actions.feedback import leave_feedback, reply_to_feedback, unscore_decided, unscore_overtaken
from caravan.reputation.actions.refresh import refresh_all, refresh_store

__all__ = ["leave_feedback", "refresh_all", "refresh_store", "reply_to_feedback", "unscore_decided", "unscore_overtaken"]
