"""The pictures of README.md, taken anew from a demo market that runs.

    bin/demo                   in one terminal
    python -m bench.pictures   in another; --site where it is not at http://127.0.0.1:8000

Needs the development requirements and Chromium, as the journeys do. Look at what changed before it is committed.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from caravan.project.cli import var_folder
from tests.browser import CHROMIUM, NO_CHROMIUM
from tests.journeys.market import Market
from tests.journeys.steps import sign_in

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
QUALITY = 82
DESK = {"viewport": {"width": 1280, "height": 1000}}
PHONE = {"viewport": {"width": 360, "height": 780}, "device_scale_factor": 2, "color_scheme": "dark"}


def home(page: Page) -> None:
    page.goto("/en-us/")


def product(page: Page) -> None:
    """One with a deal on it."""
    page.goto("/en-us/deals")
    page.get_by_role("main").locator(".card-title a").first.click()


def rankings(page: Page) -> None:
    page.goto("/en-us/rankings/?period=30d")
    page.get_by_text("Why is it here?").first.click()


def seller(page: Page) -> None:
    owner = Market("", var_folder(), os.environ).person("owner (good)")
    sign_in(page, owner)
    page.goto(f"/en-us/seller/{owner.store}/insight")


def search_phone(page: Page) -> None:
    page.goto("/en-br/search?q=lamp")


SHOTS: dict[str, tuple[dict[str, object], Callable[[Page], None]]] = {
    "home": (DESK, home),
    "product": (DESK, product),
    "rankings": (DESK, rankings),
    "seller": (DESK, seller),
    "search-phone": (PHONE, search_phone),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    options = parser.parse_args()
    if CHROMIUM is None:
        print(NO_CHROMIUM, file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name in SHOTS:
            take(browser, options.site, name)
        browser.close()
    return 0


def take(browser: Browser, site: str, name: str) -> None:
    look, go = SHOTS[name]
    context = browser.new_context(base_url=site, locale="en-US", **look)  # type: ignore[arg-type]
    page = context.new_page()
    go(page)
    page.wait_for_load_state("networkidle")
    seen = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    seen.convert("RGB").save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
