from __future__ import annotations

from django.urls import path

from caravan.web.seller_home import vacation, views

urlpatterns = [
    path("seller", views.stores, name="seller"),
    path("seller/opening", views.opening, name="store-opening"),
    path("seller/<slug:slug>", views.home, name="seller"),
    path("seller/<slug:slug>/settings", views.settings, name="seller-settings"),
    path("seller/<slug:slug>/settings/logo", views.logo, name="seller-logo"),
    path("seller/<slug:slug>/settings/legal", views.legal, name="seller-legal"),
    path("seller/<slug:slug>/vacation", vacation.vacation, name="seller-vacation"),
    path("seller/<slug:slug>/staff", views.staff, name="seller-staff"),
    path("seller/<slug:slug>/staff/<uuid:member_id>/removal", views.staff_removal, name="seller-staff-removal"),
]
