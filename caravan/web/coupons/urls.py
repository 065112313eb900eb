from __future__ import annotations

from django.urls import path

from caravan.web.coupons import holds, views

urlpatterns = [
    path("coupons/", views.coupons, name="coupons"),
    path("coupons/<uuid:id>", views.coupon, name="coupon"),
    path("coupons/<uuid:id>/claims", views.claims, name="coupon-claims"),
    path("account/coupons", views.held, name="wallet"),
    path("account/coupons/codes", views.codes, name="coupon-codes"),
    path("deals/<uuid:id>/holds", holds.holds, name="deal-holds"),
]
