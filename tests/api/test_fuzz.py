"""Schemathesis sends what the description allows and what it does not: no server error, nothing the description does not say."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from caravan.api import dispatch
from caravan.people.rules.limits import Limit
from caravan.project.wsgi import application

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(autouse=True)
def one_transaction():
    """As Django's own test client does: a request neither opens nor closes the connection the test's transaction is on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def unlimited(monkeypatch):
    monkeypatch.setattr(dispatch, "READS", Limit(rate=1e6, burst=1_000_000))
    monkeypatch.setattr(dispatch, "WRITES", Limit(rate=1e6, burst=1_000_000))


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_never_breaks_and_keeps_to_its_description(case):
    case.call_and_validate(checks=CHECKS)
