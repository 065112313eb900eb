from __future__ import annotations

from django.urls import path

from caravan.web.seller_orders import views

urlpatterns = [
    path("seller/<slug:slug>/orders", views.orders, name="seller-orders"),
    path("seller/<slug:slug>/orders/<str:number>", views.order, name="seller-order"),
    path("seller/<slug:slug>/orders/<str:number>/shipment", views.shipment, name="seller-order-shipment"),
]
