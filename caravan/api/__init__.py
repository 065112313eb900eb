"""The public API, by resource, and its OpenAPI description."""
