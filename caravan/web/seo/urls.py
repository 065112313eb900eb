from __future__ import annotations

from django.urls import path

from caravan.web.seo.robots import robots
from caravan.web.seo.sitemaps import index, pages, products

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, name="sitemap"),
    path("sitemaps/<slug:prefix>/pages.xml", pages, name="sitemap-pages"),
    path("sitemaps/<slug:prefix>/products-<uuid:start>.xml", products, name="sitemap-products"),
]
