from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from caravan.tax.models import TableVersion
from caravan.tax.rules.read import COLUMNS
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/en-us/operator/tax-tables"
TEXT = ",".join(COLUMNS["vat"]) + "\nPL,,standard,24,2099-01-01,,https://example.org/law,A law\n"


@pytest.fixture
def operator(client):
    client.force_login(factories.user("ops@example.test", is_staff=True, is_superuser=True))
    return client


def sent(client, text, day="2099-01-01", **more):
    file = SimpleUploadedFile("poland.csv", text.encode(), "text/csv")
    return client.post(PAGE, {"file": file, "effective_from": day, **more})


def test_the_page_shows_what_rules_in_a_country_with_its_source(operator):
    page = operator.get(PAGE, {"country": "pl", "at": "2026-11-22"}).content.decode()
    assert "PL standard" in page
    assert "23%" in page
    assert "Regulation (EU) 2026/382" in page


def test_a_file_is_looked_at_before_it_is_loaded(operator):
    page = sent(operator, TEXT).content.decode()
    assert "24%" in page
    assert "Load this version" in page
    assert not TableVersion.objects.exists()

    answer = operator.post(PAGE, {"text": TEXT, "filename": "poland.csv", "effective_from": "2099-01-01", "load": "1"})
    assert answer.status_code == 302
    assert TableVersion.objects.get().loaded_by == "ops@example.test"


def test_refused_lines_are_named_and_nothing_can_be_loaded(operator):
    page = sent(operator, TEXT + "XX,,standard,1,,,https://e.org,A law\n").content.decode()
    assert "This is no two-letter country code." in page
    assert "Load this version" not in page


@pytest.mark.parametrize(("text", "day"), [(TEXT, "2020-01-01"), (TEXT, "soon"), ("a,b\n", "2099-01-01"), ("", "2099-01-01")])
def test_what_cannot_be_read_or_begins_in_the_past_is_refused_with_the_reason(operator, text, day):
    assert sent(operator, text, day).status_code == 422


def test_a_file_that_is_no_text_is_refused(operator):
    answer = operator.post(PAGE, {"file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00"), "effective_from": "2099-01-01"})
    assert answer.status_code == 422
