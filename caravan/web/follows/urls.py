from __future__ import annotations

from django.urls import path

from caravan.web.follows import views

urlpatterns = [
    path("account/following", views.following, name="following"),
    path("store/<slug:slug>/following", views.followed, name="follow"),
]
