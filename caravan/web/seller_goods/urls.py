from __future__ import annotations

from django.urls import path

from caravan.web.seller_goods import imports, products

urlpatterns = [
    path("seller/<slug:slug>/products", products.goods_list, name="seller-products"),
    path("seller/<slug:slug>/products/new", products.new, name="seller-product-new"),
    path("seller/<slug:slug>/products/<uuid:id>", products.edit, name="seller-product"),
    path("seller/<slug:slug>/products/<uuid:id>/words/<slug:language>", products.words, name="seller-product-words"),
    path("seller/<slug:slug>/products/<uuid:id>/publication", products.publication, name="seller-product-publication"),
    path("seller/<slug:slug>/products/<uuid:id>/withdrawal", products.withdrawal, name="seller-product-withdrawal"),
    path("seller/<slug:slug>/products/<uuid:id>/restoration", products.restoration, name="seller-product-restoration"),
    path("seller/<slug:slug>/export", imports.export, name="seller-export"),
    path("seller/<slug:slug>/imports", imports.imports, name="seller-imports"),
    path("seller/<slug:slug>/imports/<uuid:id>", imports.job, name="seller-import"),
    path("seller/<slug:slug>/imports/<uuid:id>/refusals.csv", imports.refusals_csv, name="seller-import-refusals"),
]
