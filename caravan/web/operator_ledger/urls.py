from __future__ import annotations

from django.urls import path

from caravan.web.operator_ledger import views

urlpatterns = [
    path("operator/ledger", views.ledger, name="operator-ledger"),
    path("operator/ledger/<slug:kind>/<slug:currency>", views.account, name="operator-account"),
    path("operator/ledger/<slug:kind>/<slug:currency>/statement.csv", views.account_csv, name="operator-account-csv"),
]
