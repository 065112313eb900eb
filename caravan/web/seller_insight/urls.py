from __future__ import annotations

from django.urls import path

from caravan.web.seller_insight import views

urlpatterns = [path("seller/<slug:slug>/insight", views.insight, name="seller-insight")]
