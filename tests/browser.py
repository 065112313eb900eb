"""A real browser for the tests that need one, and the marks they carry."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import axe_core_python
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
expect.set_options(timeout=20_000)  # two cores may have much else to do
NO_CHROMIUM = "NO CHROMIUM FOUND: THE BROWSER JOURNEYS ARE SKIPPED. Install it: apt-get install chromium"
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8")
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
VIEWS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]

IN_BROWSER = [pytest.mark.journey, pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)]
# All journeys walk through one market, so they belong to one worker of pytest-xdist (--dist loadgroup).
JOURNEY = [*IN_BROWSER, pytest.mark.xdist_group("journeys")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module at a time: while Playwright runs, its event loop keeps Django from the database in the same thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


# A colour measured in the middle of a transition is nobody's colour; what moves for ever is not waited for.
SETTLED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
    const ended = document.getAnimations().map(one => one.finished.catch(() => null));
    Promise.race([Promise.all(ended), new Promise(late => setTimeout(late, 700))]).then(() => done(null));
})))"""


def faults(page: Page) -> list[list[str]]:
    """What axe-core finds wrong with the page once it stands still: rule, an element, and what axe says of it."""
    page.evaluate(SETTLED)
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    found: list[list[str]] = page.evaluate(
        "axe.run({resultTypes: ['violations']})"
        ".then(r => r.violations.map(v => [v.id, v.nodes[0].html, v.nodes[0].failureSummary]))"
    )
    return found
