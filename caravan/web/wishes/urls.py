from __future__ import annotations

from django.urls import path

from caravan.web.pressing import pressed
from caravan.web.wishes import views

urlpatterns = [
    path("account/wishes", views.wishes, name="wishes"),
    path("account/pressed", pressed, name="pressed"),
    path("wishes/<uuid:product>", views.wished, name="wish"),
]
