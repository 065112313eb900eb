from caravan.trade.subscribers.guests import claim_guest_purchases
from caravan.trade.subscribers.mail import mail_lapsed, mail_paid, mail_parcel, mail_placed, mail_store
from caravan.trade.subscribers.payouts import mail_payout_failed

__all__ = ["claim_guest_purchases", "mail_lapsed", "mail_paid", "mail_parcel", "mail_payout_failed", "mail_placed", "mail_store"]
