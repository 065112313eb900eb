from __future__ import annotations

from django.urls import path

from caravan.web.store import views

urlpatterns = [path("store/<slug:slug>/", views.store, name="store")]
