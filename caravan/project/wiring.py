"""Who hears which event: the whole table. Each subscriber runs in its own transaction, once per event, retried alone."""

from __future__ import annotations

from collections.abc import Iterable

from caravan.catalog import subscribers as catalog
from caravan.catalog.events import ProductChanged, ProductsImported
from caravan.hooks import subscribers as hooks
from caravan.insight.events import MarketRefreshed
from caravan.kernel.events import Event
from caravan.outbox.registry import Subscriber
from caravan.people.events import AccountClosed, EmailConfirmed
from caravan.promotions import subscribers as promotions
from caravan.promotions.events import PromotionChanged
from caravan.reputation import subscribers as reputation
from caravan.reputation.events import FeedbackLeft, StandingChanged
from caravan.search import subscribers as search
from caravan.stores import subscribers as stores
from caravan.stores.events import StoreChanged, StoreFollowed
from caravan.trade import subscribers as trade
from caravan.trade.events import (
    AddressChanged,
    CancelAnswered,
    CancelAsked,
    DisputeAnswered,
    DisputeOpened,
    DisputeSettled,
    OrderClosed,
    OrderCompleted,
    OrderLapsed,
    OrderPaid,
    OrderPlaced,
    ParcelShipped,
    PayoutFailed,
    ProtectionExtended,
    RefundDecided,
)

SUBSCRIPTIONS: dict[type[Event], Iterable[Subscriber]] = {
    EmailConfirmed: [trade.claim_guest_purchases],
    AccountClosed: [stores.account_closed, catalog.account_closed],
    FeedbackLeft: [reputation.recompute],
    ProductChanged: [search.product_changed, promotions.product_changed, trade.product_changed],
    ProductsImported: [search.products_imported, promotions.products_imported, trade.products_imported],
    PromotionChanged: [
        search.promotion_changed,
        promotions.promotion_changed,
        trade.promotion_changed,
        trade.issue_targeted,
    ],
    StoreChanged: [search.store_changed],
    StoreFollowed: [promotions.store_followed],
    StandingChanged: [search.standing_changed],
    MarketRefreshed: [search.market_refreshed],
    OrderPlaced: [trade.mail_placed],
    OrderPaid: [trade.mail_paid, trade.mail_store, trade.invoice_paid],
    RefundDecided: [trade.note_refund, trade.mail_late, trade.mail_refund],
    ParcelShipped: [trade.mail_parcel],
    OrderLapsed: [trade.mail_lapsed],
    OrderClosed: [trade.mail_closed],
    OrderCompleted: [trade.mail_completed],
    CancelAsked: [trade.mail_cancel_asked],
    CancelAnswered: [trade.mail_cancel_refused],
    AddressChanged: [trade.mail_address_changed],
    ProtectionExtended: [trade.mail_extended],
    DisputeOpened: [trade.mail_dispute_opened],
    DisputeAnswered: [trade.mail_dispute_moved],
    DisputeSettled: [trade.mail_dispute_settled, reputation.dispute_settled],
    PayoutFailed: [trade.mail_payout_failed],
}
for heard in hooks.HEARD:  # what happens to a store's orders and money is told to its own systems, too
    SUBSCRIPTIONS[heard] = [*SUBSCRIPTIONS.get(heard, ()), hooks.announce]
