from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from caravan.web.checkout.views.payment import webhook
from caravan.web.media import media

urlpatterns: list[URLPattern | URLResolver] = [
    path("media/<path:path>", media, name="media"),
    path("", include("caravan.web.seo.urls")),
    path("webhooks/payments/<slug:provider>", webhook, name="payment-webhook"),
]
