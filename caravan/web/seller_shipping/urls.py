from __future__ import annotations

from django.urls import path

from caravan.web.seller_shipping import tables, views

urlpatterns = [
    path("seller/<slug:slug>/shipping", views.shipping, name="seller-shipping"),
    path("seller/<slug:slug>/shipping/reach", views.reach, name="seller-shipping-reach"),
    path("seller/<slug:slug>/shipping/zones", views.zones, name="seller-shipping-zones"),
    path("seller/<slug:slug>/shipping/zones/<uuid:id>/removal", views.zone_removal, name="seller-shipping-zone-removal"),
    path("seller/<slug:slug>/shipping/free", views.free, name="seller-shipping-free"),
    path("seller/<slug:slug>/shipping/free/<uuid:id>/removal", views.free_removal, name="seller-shipping-free-removal"),
    path("seller/<slug:slug>/shipping/table", tables.table, name="seller-shipping-table"),
    path("seller/<slug:slug>/shipping/table.csv", tables.table_csv, name="seller-shipping-table-csv"),
    path("seller/<slug:slug>/shipping/table/file", tables.table_file, name="seller-shipping-table-file"),
    path("seller/<slug:slug>/shipping/table/removal", tables.table_removal, name="seller-shipping-table-removal"),
]
