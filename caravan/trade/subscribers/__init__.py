from caravan.trade.subscribers.alerts import product_changed, products_imported, promotion_changed
from caravan.trade.subscribers.coupons import issue_targeted
from caravan.trade.subscribers.disputes import mail_dispute_moved, mail_dispute_opened, mail_dispute_settled
from caravan.trade.subscribers.endings import (
    mail_address_changed,
    mail_cancel_asked,
    mail_cancel_refused,
    mail_closed,
    mail_completed,
    mail_extended,
    mail_refund,
)
from caravan.trade.subscribers.guests import claim_guest_purchases
from caravan.trade.subscribers.mail import mail_lapsed, mail_late, mail_paid, mail_parcel, mail_placed, mail_store
from caravan.trade.subscribers.papers import invoice_paid, note_refund
from caravan.trade.subscribers.payouts import mail_payout_failed

__all__ = [
    "claim_guest_purchases", "invoice_paid", "issue_targeted", "mail_address_changed", "mail_cancel_asked",
    "mail_cancel_refused", "mail_closed", "mail_completed", "mail_dispute_moved", "mail_dispute_opened",
    "mail_dispute_settled", "mail_extended", "mail_lapsed", "mail_late", "mail_paid", "mail_parcel", "mail_payout_failed",
    "mail_placed", "mail_refund", "mail_store", "note_refund", "product_changed", "products_imported", "promotion_changed",
]  # fmt: skip
