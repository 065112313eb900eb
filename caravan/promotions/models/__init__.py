from caravan.promotions.models.coupon import Coupon, CouponCode
from caravan.promotions.models.goods import Bucket, Hold, OfferedPrice, PromotionGoods
from caravan.promotions.models.group import GroupProduct, MarketingGroup
from caravan.promotions.models.promotion import Promotion, Tier
from caravan.promotions.models.stamp import Stamp

__all__ = [
    "Bucket",
    "Coupon",
    "CouponCode",
    "GroupProduct",
    "Hold",
    "MarketingGroup",
    "OfferedPrice",
    "Promotion",
    "PromotionGoods",
    "Stamp",
    "Tier",
]
