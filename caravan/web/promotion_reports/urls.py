from __future__ import annotations

from django.urls import path

from caravan.web.promotion_reports import views

urlpatterns = [
    path("seller/<slug:slug>/promotions/<uuid:id>/report", views.of_store, name="seller-promotion-report"),
    path("seller/<slug:slug>/promotions/<uuid:id>/report.csv", views.of_store_csv, name="seller-promotion-report-csv"),
    path("operator/promotions/<uuid:id>/report", views.of_operator, name="operator-promotion-report"),
    path("operator/promotions/<uuid:id>/report.csv", views.of_operator_csv, name="operator-promotion-report-csv"),
]
