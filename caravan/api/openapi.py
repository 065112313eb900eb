"""The OpenAPI 3.1 description, made from the endpoints and their types, so that it cannot say anything else than the code."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from caravan import __version__
from caravan.api.endpoint import ENDPOINTS, Endpoint
from caravan.api.problems import ProblemShape

REF = "#/components/schemas/{name}"
PROBLEM = {
    "description": "A refusal (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemShape"}}},
}
MARKET_PARAMETERS = [
    (
        "market",
        "ISO country code whose prices, delivery and lists are meant",
        {"type": "string", "default": "US", "examples": ["BR"]},
    ),
    ("lang", "language of titles and messages", {"type": "string", "enum": ["en", "ru", "es", "pt"]}),
    ("currency", "ISO 4217 code to price in; the market's own by default", {"type": "string", "pattern": "^[A-Z]{3}$"}),
]


@cache
def document() -> bytes:
    """The whole description as JSON."""
    types = [ProblemShape, *(t for e in ENDPOINTS for t in (e.answer, e.body, e.query) if t is not None)]
    _, components = msgspec.json.schema_components(types, ref_template=REF)
    paths: dict[str, dict[str, Any]] = {}
    for e in ENDPOINTS:
        paths.setdefault(f"/api/v1/{e.path}", {})[e.method.lower()] = _operation(e)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Caravan",
                "version": __version__,
                "description": "A cross-border market: goods, prices in any currency, rankings and their figures, orders.",
                "license": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
            },
            "servers": [{"url": "/"}],
            "paths": paths,
            "components": {
                "schemas": components,
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "From the account page"}},
            },
        }
    )


def _operation(e: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": e.name,
        "summary": e.summary,
        "description": e.description,
        "tags": [e.tag],
        "parameters": [*_path_parameters(e), *_query_parameters(e), *_headers(e)],
        "responses": {str(e.status if e.answer is not None else 204): _response(e), "4XX": PROBLEM},
    }
    if e.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _schema(e.body)}}}
    if e.auth != "none":
        operation["security"] = [{"token": []}] + ([{}] if e.auth == "optional" else [])
    return operation


def _response(e: Endpoint) -> dict[str, Any]:
    if e.answer is None:
        return {"description": "Done"}
    return {"description": "Done", "content": {"application/json": {"schema": _schema(e.answer)}}}


def _schema(kind: Any) -> dict[str, Any]:
    schemas, _ = msgspec.json.schema_components([kind], ref_template=REF)
    return dict(schemas[0])


def _path_parameters(e: Endpoint) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"} if name.endswith("_id") else {"type": "string", "pattern": "^[^/]+$"},
        }
        for name in re.findall(r"{(\w+)}", e.path)
    ]


def _query_parameters(e: Endpoint) -> list[dict[str, Any]]:
    own = msgspec.json.schema(e.query)
    properties: dict[str, Any] = own.get("$defs", {}).get(e.query.__name__, own).get("properties", {})
    required = own.get("$defs", {}).get(e.query.__name__, own).get("required", [])
    market = [{"name": n, "in": "query", "description": d, "schema": s} for n, d, s in MARKET_PARAMETERS if n not in properties]
    return market + [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": schema.get("description", ""),
            "schema": schema,
        }
        for name, schema in properties.items()
    ]


def _headers(e: Endpoint) -> list[dict[str, Any]]:
    if e.name != "check_out":
        return []
    schema = {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[ -~]+$"}
    return [{"name": "Idempotency-Key", "in": "header", "required": True, "schema": schema}]
