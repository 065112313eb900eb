from __future__ import annotations

from django.urls import path

from caravan.web.coupons import holds, making, views

urlpatterns = [
    path("coupons/", views.coupons, name="coupons"),
    path("coupons/<uuid:id>", views.coupon, name="coupon"),
    path("coupons/<uuid:id>/claims", views.claims, name="coupon-claims"),
    path("account/coupons", views.held, name="wallet"),
    path("account/coupons/codes", views.codes, name="coupon-codes"),
    path("seller/<slug:slug>/promotions/<uuid:id>/codes", making.of_store, name="promotion-codes"),
    path("seller/<slug:slug>/promotions/<uuid:id>/codes.csv", making.of_store_csv, name="promotion-codes-csv"),
    path("operator/promotions/<uuid:id>/codes", making.of_market, name="operator-promotion-codes"),
    path("operator/promotions/<uuid:id>/codes.csv", making.of_market_csv, name="operator-promotion-codes-csv"),
    path("deals/<uuid:id>/holds", holds.holds, name="deal-holds"),
]
