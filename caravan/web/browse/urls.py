from __future__ import annotations

from django.urls import path

from caravan.web.browse import views

urlpatterns = [
    path("c/<path:path>/", views.category, name="category"),
    path("search", views.search, name="search"),
    path("search/suggest", views.suggest, name="suggest"),
]
