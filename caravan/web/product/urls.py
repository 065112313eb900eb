from __future__ import annotations

from django.urls import path

from caravan.web.product import views

urlpatterns = [path("p/<slug:slug>/<uuid:id>/", views.product, name="product")]
