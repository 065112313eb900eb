"""Every page of the market: valid, light, and at a cost that is known. Needs no browser."""

from __future__ import annotations

import pytest

from tests.journeys.pages.html import complaints, public_complaints
from tests.journeys.pages.table import NO_PAGES, PAGES
from tests.journeys.pages.visit import Visits
from tests.web.test_authorisation import routes

pytestmark = pytest.mark.xdist_group("journeys")


def test_every_address_is_in_the_table_of_pages():
    pages = {route for route in routes() if not route.startswith("api/") or route == "api/v1/"}
    assert sorted(pages - PAGES.keys() - NO_PAGES.keys()) == [], "say in the table what these are"
    assert sorted((PAGES.keys() | NO_PAGES.keys()) - pages) == [], "these are in the table, but there is no such address"


@pytest.mark.parametrize("route", PAGES)
def test_the_page_is_valid_named_and_free_of_inline_code(visits: Visits, route: str):
    seen = visits.seen[route]
    assert seen.status == 200
    assert seen.at == seen.path.partition("?")[0] or route.startswith("^"), "it leads elsewhere: it was not seen"
    assert complaints(seen.html) == []


@pytest.mark.parametrize("route", [route for route, page in PAGES.items() if page.public])
def test_a_public_page_says_where_it_stands_in_the_other_markets(visits: Visits, route: str):
    assert list(public_complaints(visits.seen[route].html)) == []


@pytest.mark.parametrize("route", PAGES)
def test_the_page_asks_the_database_no_more_than_was_settled(visits: Visits, route: str):
    assert visits.seen[route].queries <= PAGES[route].queries


@pytest.mark.parametrize("route", PAGES)
def test_the_page_is_not_heavier_than_was_settled(visits: Visits, route: str):
    seen = visits.seen[route]
    assert (len(seen.html.encode()) + seen.bytes) / 1024 <= PAGES[route].kilobytes
