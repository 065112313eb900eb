from __future__ import annotations

from django.urls import path

from caravan.web.product import parts, views

urlpatterns = [
    path("p/<slug:slug>/<uuid:id>/", views.product, name="product"),
    path("p/<uuid:id>/deals/<uuid:deal>/left", parts.left, name="deal-left"),
    path("p/<uuid:id>/prices/<uuid:variant>.csv", parts.prices, name="price-history"),
]
