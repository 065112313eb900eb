from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser import browser
from tests.journeys.market import Market, opened
from tests.journeys.pages.visit import Visits

__all__ = ["browser"]


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    with opened(
        tmp_path_factory.mktemp("market"), f"{os.environ.get('CARAVAN_TEST_DB', 'test_caravan')}_journeys{worker}"
    ) as market:
        yield market


@pytest.fixture(scope="session")
def visits(market: Market) -> Visits:
    """Every page, looked at once by the people it is for."""
    return Visits.read(market.run("-m", "tests.journeys.pages.visit"))


def _complains(message: ConsoleMessage) -> bool:
    """A form that is refused is answered with 422, which the browser mentions and the journey looks at."""
    return message.type in ("error", "warning") and "status of 422" not in message.text


def _told(message: ConsoleMessage) -> str:
    return f"{message.text} {message.location['url']}"


@pytest.fixture
def visitor(browser: Browser, market: Market) -> Iterator[Callable[[], Page]]:
    """Somebody new at each call, with cookies of their own. Complaints of the browser fail the test."""
    complaints: list[str] = []
    contexts = []

    def comes() -> Page:
        context = browser.new_context(base_url=market.site, viewport={"width": 1280, "height": 900}, locale="en-US")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(_told(message)) if _complains(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield comes
    for context in contexts:
        context.close()
    assert complaints == []
