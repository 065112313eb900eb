from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

# One door for everybody: the admin's own sign-in counts no attempts and asks for no second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    # The first that fits answers: pages are asked for most, and the API sends its own calls on before (api/middleware.py).
    path("", include("caravan.web.urls")),
    path("", include("caravan.api.urls")),
    path("", include("caravan.web.urls_without_market")),
    path("admin/", admin.site.urls),
]

handler403 = "caravan.web.errors.forbidden"
handler404 = "caravan.web.errors.not_found"
handler500 = "caravan.web.errors.broken"
