from __future__ import annotations

from django.urls import path

from caravan.web.orders import views

urlpatterns = [
    path("orders", views.orders, name="orders"),
    path("orders/<str:number>", views.order, name="order"),
    path("orders/<str:number>/receipt", views.receipt, name="order-receipt"),
    path("orders/<str:number>/cancellation", views.cancellation, name="order-cancellation"),
]
