from __future__ import annotations

from django.urls import path

from caravan.web.checkout.views import checkout, payment

urlpatterns = [
    path("checkout", checkout.checkout, name="checkout"),
    path("checkout/<uuid:purchase>/payment", payment.payment, name="payment"),
    path("checkout/<uuid:purchase>/return", payment.payment_return, name="payment-return"),
    path("checkout/<uuid:purchase>/thanks", payment.thanks, name="thanks"),
    path("bank/<uuid:charge>", payment.bank, name="bank"),
]
