"""Every page of the market as a browser sees it: nothing axe-core finds, nothing wider than the window, no complaint."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser import FITS, JOURNEY, VIEWS, faults
from tests.journeys.market import Market
from tests.journeys.pages.table import PAGES
from tests.journeys.pages.visit import Visits

pytestmark = JOURNEY
# A scheme changes colours, a width what stands where: axe-core, which takes longest, looks at each of both once. The gallery's
# components are looked at in all four.
LOOKED_INTO = {(360, "dark"), (1280, "light")}


@pytest.fixture(scope="module")
def visitor(browser: Browser, market: Market, visits: Visits) -> Callable[[str], BrowserContext]:
    """The browser of somebody in that role, the same for all their pages: style sheet, scripts and pictures come once."""
    contexts: dict[str, BrowserContext] = {}

    def of(role: str) -> BrowserContext:
        if role not in contexts:
            contexts[role] = browser.new_context(base_url=market.site, reduced_motion="reduce")  # colours change at once
            if session := visits.sessions.get(role):
                contexts[role].add_cookies([{"name": "sessionid", "value": session, "url": market.site}])
        return contexts[role]

    return of


@pytest.mark.parametrize("route", PAGES)
def test_the_page_is_open_to_everyone(visitor: Callable[[str], BrowserContext], visits: Visits, route: str):
    page, complaints = visitor(PAGES[route].role).new_page(), []
    page.on(
        "console",
        lambda message: (
            complaints.append(f"{message.text} {message.location['url']}") if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for scheme, views in groupby(sorted(VIEWS, key=itemgetter(1)), key=itemgetter(1)):
        # Opened anew: Chromium leaves what it has skipped over in the colours of the scheme before.
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(visits.seen[route].path)
        for width, _ in views:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(FITS), f"wider than {width}px"
            if (width, scheme) in LOOKED_INTO:
                assert faults(page) == [], (width, scheme)
    page.close()
    assert complaints == []
