from __future__ import annotations

from django.urls import path

from caravan.web.deals import views

urlpatterns = [path("deals", views.deals, name="deals")]
