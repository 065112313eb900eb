from __future__ import annotations

from django.urls import path

from caravan.web.seller_service import views

urlpatterns = [path("seller/<slug:slug>/service", views.service, name="seller-service")]
