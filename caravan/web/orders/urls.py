from __future__ import annotations

from django.urls import path

from caravan.web.orders import again, changes, papers, views

urlpatterns = [
    path("orders", views.orders, name="orders"),
    path("orders/<str:number>", views.order, name="order"),
    path("orders/<str:number>/invoice.pdf", papers.invoice, name="order-invoice"),
    path("orders/<str:number>/papers/<uuid:id>.pdf", papers.paper, name="order-paper"),
    path("orders/<str:number>/cart", again.again, name="order-again"),
    path("orders/<str:number>/receipt", views.receipt, name="order-receipt"),
    path("orders/<str:number>/cancellation", views.cancellation, name="order-cancellation"),
    path("orders/<str:number>/cancel-request", changes.cancel_request, name="order-cancel-request"),
    path("orders/<str:number>/address", changes.address, name="order-address"),
]
