from __future__ import annotations

from django.utils.translation import gettext as _

from caravan.ledger.rules import AccountKind


def posting_words() -> dict[str, str]:
    """What moved, by the kind of the posting."""
    return {
        "paid": _("Paid by the buyer"),
        "refund": _("Refund"),
        "completed": _("Order completed"),
        "subsidy": _("Shipping the market paid for"),
        "bonus": _("Coupons and discounts of the market"),
        "available": _("Available for payout"),
        "reserve_over": _("Out of the reserve"),
        "payout": _("Payout"),
        "payout_paid": _("Payout arrived"),
        "payout_failed": _("Payout failed"),
        "payout_returned": _("Payout came back"),
    }


def kind_words() -> dict[AccountKind, str]:
    return {
        AccountKind.PROVIDER_CLEARING: _("Taken by the payment provider"),
        AccountKind.ESCROW: _("Escrow of orders"),
        AccountKind.STORE_EARNED: _("Earned by stores"),
        AccountKind.STORE_AVAILABLE: _("Available to stores"),
        AccountKind.STORE_RESERVE: _("Reserves of stores"),
        AccountKind.PAYOUT_TRANSIT: _("Payouts on the way"),
        AccountKind.STORE_PAID_OUT: _("Paid out to stores"),
        AccountKind.COMMISSION: _("Commission"),
        AccountKind.MARKETING: _("Marketing"),
        AccountKind.AFFILIATES: _("Affiliates"),
        AccountKind.AD_CREDIT: _("Ad credit of stores"),
        AccountKind.TAX: _("Tax and duty collected"),
        AccountKind.FX_POSITION: _("Currency position"),
        AccountKind.FX_DIFFERENCE: _("Currency difference"),
        AccountKind.COMPENSATION: _("Compensation"),
    }
