"""What is withheld, and what is asked before the database is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from tests import factories
from tests.web.published import publish

pytestmark = pytest.mark.django_db


def test_a_place_few_stand_behind_tells_a_rank_and_no_figure_to_work_their_number_out_of(client):
    store, lamps = factories.store(), factories.category("lamps")
    many, few = (factories.product(store, lamps, title=title) for title in ("Many", "Few"))
    publish("products", [(many.pk, 40), (few.pk, 12)])
    first, second = client.get("/api/v1/rankings/products").json()["items"]
    assert (first["rank"], first["growth"], first["score"]) == (1, 0.5, 3.0)
    assert first["parts"]["recent"] > 0
    assert (second["rank"], second["growth"], second["parts"]) == (2, None, None)
    assert second["score"] == round(second["score"])


def test_who_guesses_tokens_is_stopped_before_the_database_is_asked(monkeypatch):
    from caravan.api import dispatch
    from caravan.people.rules.limits import per_minute

    monkeypatch.setattr(dispatch, "LOOK_UPS", per_minute(3))
    guesser = Client(REMOTE_ADDR="198.51.100.7")
    asked = 0

    def counting(execute, *arguments):
        nonlocal asked
        asked += 1
        return execute(*arguments)

    with connection.execute_wrapper(counting):
        statuses = [guesser.get("/api/v1/markets", HTTP_AUTHORIZATION=f"Bearer cvn_{n}").status_code for n in range(5)]
    assert statuses == [401, 401, 401, 429, 429]
    assert asked == 3
