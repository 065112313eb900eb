from __future__ import annotations

from django.urls import path

from caravan.web.cart import views

urlpatterns = [
    path("cart", views.cart, name="cart"),
    path("cart/lines", views.lines, name="cart-lines"),
    path("cart/sets", views.sets, name="cart-sets"),
    path("cart/lines/<uuid:variant>", views.line, name="cart-line"),
]
