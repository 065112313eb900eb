from __future__ import annotations

from django.urls import path

from caravan.web.home.views import home

urlpatterns = [path("", home, name="home")]
