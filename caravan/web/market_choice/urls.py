from __future__ import annotations

from django.urls import path

from caravan.web.market_choice import views

urlpatterns = [path("market", views.market, name="market")]
