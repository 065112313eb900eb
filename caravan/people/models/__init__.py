from caravan.people.models.address import Address
from caravan.people.models.buyer import Buyer
from caravan.people.models.limit import CacheEntry, RateLimit
from caravan.people.models.notice import Notice, NoticeChoice
from caravan.people.models.token import ApiToken
from caravan.people.models.user import User

__all__ = ["Address", "ApiToken", "Buyer", "CacheEntry", "Notice", "NoticeChoice", "RateLimit", "User"]
