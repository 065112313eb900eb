from __future__ import annotations

from django.urls import path

from caravan.web.seller_hooks import views

urlpatterns = [
    path("seller/<slug:slug>/webhooks", views.webhooks, name="seller-webhooks"),
    path("seller/<slug:slug>/webhooks/<uuid:id>", views.webhook, name="seller-webhook"),
    path("seller/<slug:slug>/webhooks/<uuid:id>/ping", views.pinging, name="seller-webhook-ping"),
    path("seller/<slug:slug>/webhooks/<uuid:id>/secret", views.secret, name="seller-webhook-secret"),
    path("seller/<slug:slug>/webhooks/<uuid:id>/removal", views.removal, name="seller-webhook-removal"),
    path("seller/<slug:slug>/deliveries", views.log, name="seller-deliveries"),
    path("seller/<slug:slug>/deliveries/<uuid:id>", views.delivery, name="seller-delivery"),
    path("seller/<slug:slug>/deliveries/<uuid:id>/resending", views.resending, name="seller-delivery-resending"),
]
