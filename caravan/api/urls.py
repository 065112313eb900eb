from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from caravan.api import health, v1
from caravan.api.dispatch import unknown, view
from caravan.api.endpoint import ENDPOINTS
from caravan.api.openapi import document


class Anything(StringConverter):
    """A line break too, which `path` leaves out: whatever stands below /api/ is answered by the API."""

    regex = r"[\s\S]+"


register_converter(Anything, "anything")
assert v1  # imported for its endpoints


def openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(document(), content_type="application/json")


def reference(request: HttpRequest) -> HttpResponse:
    """The page to read: every endpoint, what it takes and answers."""
    tags = dict.fromkeys(e.tag for e in ENDPOINTS)
    return render(request, "api/reference.html", {"groups": [(tag, [e for e in ENDPOINTS if e.tag == tag]) for tag in tags]})


def _route(template: str) -> str:
    return re.sub(r"{(\w+)}", lambda m: f"<{'uuid' if m[1].endswith('_id') else 'str'}:{m[1]}>", template)


def _patterns() -> list[URLPattern]:
    paths = dict.fromkeys(e.path for e in ENDPOINTS)
    return [
        path(f"api/v1/{_route(p)}", view([e for e in ENDPOINTS if e.path == p]), name=f"api-{p.replace('/', '-')}") for p in paths
    ]


endpoints = _patterns()
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", reference, name="api-reference"),
    *endpoints,
    path("api/<anything:rest>", unknown, name="api-unknown"),
]
