from __future__ import annotations

from django.urls import path

from caravan.web.rankings import views

urlpatterns = [
    path("rankings/", views.rankings, name="rankings"),
    path("rankings/places.csv", views.places_csv, name="rankings-csv"),
]
