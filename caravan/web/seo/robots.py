from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from caravan.web.alternates import PREFIXES

# What is about one person, or has no end.
_PRIVATE = ("account", "addresses", "cart", "checkout", "feedback", "market", "orders", "search", "security", "seller", "tokens")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read, and where the sitemap is."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /api/", *_forbidden()]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _forbidden() -> list[str]:
    # Prefix by prefix: a wildcard there would forbid every product whose address holds a dash.
    return [f"Disallow: /{prefix}/{name}" for prefix in PREFIXES for name in _PRIVATE]
