from __future__ import annotations

from django.urls import path

from caravan.web.feedback import seller_views, views

urlpatterns = [
    path("account/feedback", views.feedback, name="feedback"),
    path("orders/<str:number>/lines/<uuid:line>/feedback", views.line_feedback, name="line-feedback"),
    path("seller/<slug:slug>/feedback", seller_views.feedback, name="seller-feedback"),
    path("seller/<slug:slug>/feedback/<uuid:id>/reply", seller_views.reply, name="seller-feedback-reply"),
]
