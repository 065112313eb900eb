from __future__ import annotations

from django.urls import path

from caravan.web.demo_mail import views

urlpatterns = [
    path("mail", views.inbox, name="mail"),
    path("mail/<str:key>", views.letter, name="mail-letter"),
]
