"""A defect of ours: the visitor is told so by a page, a program by problem details, whatever it was that broke."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from caravan.api import dispatch
from caravan.kernel.errors import Invalid
from caravan.web import errors
from caravan.web.home import views

pytestmark = pytest.mark.django_db


def defect(*_args, **_kwargs):
    raise RuntimeError("a defect")


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def test_a_page_that_breaks_says_so_in_the_markets_own_look(client, monkeypatch):
    monkeypatch.setattr(views, "render", defect)
    answer = client.get("/en-us/")
    assert answer.status_code == 500
    assert "Something broke on our side." in answer.content.decode()
    assert "/static/css/" in answer.content.decode()


def test_so_it_does_before_anybody_has_found_out_who_asks():
    answer = errors.broken(RequestFactory().get("/en-us/"))
    assert answer.status_code == 500
    assert "/static/css/" in answer.content.decode()


def test_where_not_even_the_error_page_can_be_drawn_it_is_said_in_plain_words(monkeypatch):
    monkeypatch.setattr(errors, "render", defect)
    answer = errors.broken(RequestFactory().get("/en-us/"))
    assert answer.status_code == 500
    assert answer.content.decode().startswith("<!doctype html>")
    assert "<p>Something broke on our side. Nothing you entered was charged. Please try again.</p>" in answer.content.decode()


def test_a_call_of_the_api_that_breaks_is_answered_with_problem_details(client, monkeypatch, caplog):
    monkeypatch.setattr(dispatch, "_market", defect)
    answer = client.get("/api/v1/products")
    assert (answer.status_code, answer["content-type"]) == (500, "application/problem+json")
    assert answer.json()["code"] == "server"
    assert "RuntimeError: a defect" in caplog.text


@pytest.mark.parametrize("field", ["code", "detail", "self"])
def test_a_field_may_be_called_as_anything_else_is(field):
    assert Invalid("some.code", "What to do.", **{field: "wrong"}).fields == {field: "wrong"}


def test_a_code_that_is_no_text_is_refused_by_its_name(client):
    answer = client.post("/api/v1/orders/X1/payment", {"code": [], "expiry": "12/30", "number": "1"}, "application/json")
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["code"]
