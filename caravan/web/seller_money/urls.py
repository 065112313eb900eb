from __future__ import annotations

from django.urls import path

from caravan.web.seller_money import views

urlpatterns = [
    path("seller/<slug:slug>/money", views.money, name="seller-money"),
    path("seller/<slug:slug>/money/statement.csv", views.statement_csv, name="seller-statement"),
    path("seller/<slug:slug>/money/payouts", views.payouts, name="seller-payouts"),
]
