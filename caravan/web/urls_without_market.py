from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from caravan.web.checkout.views.payment import webhook
from caravan.web.media import media
from caravan.web.orders.webhook import tracking

urlpatterns: list[URLPattern | URLResolver] = [
    path("media/<path:path>", media, name="media"),
    path("", include("caravan.web.seo.urls")),
    path("webhooks/tracking/<slug:source>", tracking, name="tracking-webhook"),
    path("webhooks/payments/<slug:provider>", webhook, name="payment-webhook"),
]
