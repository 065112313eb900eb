from __future__ import annotations

from django.urls import path

from caravan.web.operator_promotions import views

urlpatterns = [
    path("operator/promotions", views.promotion_list, name="operator-promotions"),
    path("operator/promotions/calendar", views.calendar, name="operator-promotion-calendar"),
    path("operator/promotions/stores", views.of_stores, name="operator-promotions-of-stores"),
    path("operator/promotions/new/<slug:kind>", views.new, name="operator-promotion-new"),
    path("operator/promotions/<uuid:id>", views.promotion, name="operator-promotion"),
    path("operator/promotions/<uuid:id>/terms", views.terms, name="operator-promotion-terms"),
    path("operator/promotions/<uuid:id>/codes", views.codes, name="operator-promotion-codes"),
    path("operator/promotions/<uuid:id>/codes.csv", views.codes_csv, name="operator-promotion-codes-csv"),
    path("operator/promotions/<uuid:id>/<slug:noun>", views.move, name="operator-promotion-move"),
]
