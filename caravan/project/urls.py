from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("", include("caravan.api.urls")),
    path("", include("caravan.web.urls_without_market")),
    path("", include("caravan.web.urls")),
]

handler403 = "caravan.web.errors.forbidden"
handler404 = "caravan.web.errors.not_found"
handler500 = "caravan.web.errors.broken"
