from __future__ import annotations

from django.urls import path

from caravan.web.tax_tables import views

urlpatterns = [path("operator/tax-tables", views.tax_tables, name="operator-tax-tables")]
