from __future__ import annotations

from django.utils.translation import gettext as _

from caravan.ledger.rules import AccountKind


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
