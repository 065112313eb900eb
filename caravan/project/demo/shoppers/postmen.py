"""What happens to live orders in a demo whose sellers are asleep: parcels are sent after a minute, received after two more."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from urllib.parse import urlsplit
from uuid import UUID

from caravan.kernel.errors import Problem
from caravan.project.demo.content.opinions import review
from caravan.project.demo.shoppers.browser import Browsing
from caravan.project.demo.shoppers.carrier import NAME
from caravan.project.demo.shoppers.page import Form, Page
from caravan.project.demo.shoppers.shopper import Bought
from caravan.trade.actions.fulfilment import ship_order

SENT_AFTER, RECEIVED_AFTER, SAID_AFTER = timedelta(seconds=60), timedelta(seconds=120), timedelta(seconds=30)
SPEAKS = 0.7  # of the buyers say something
Errand = Callable[[datetime], None]


@dataclass(order=True, slots=True)
class _Due:
    at: datetime
    number: int
    errand: Errand = field(compare=False)


class Postmen:
    """`keeper_id` is the account that works in every store of the demo."""

    def __init__(self, keeper_id: UUID, rng: Random) -> None:
        self._keeper, self._rng, self._due, self._count = keeper_id, rng, list[_Due](), 0

    def take(self, bought: Bought, browser: Browsing, language: str, at: datetime) -> None:
        """From now on look after that order. Its buyer goes on with the same browser."""
        number = urlsplit(bought.url).path.rstrip("/").rpartition("/")[2]

        def send(now: datetime) -> None:
            ship_order(user_id=self._keeper, number=number, carrier=NAME, tracking_code=f"DP{number}", at=now)
            self._plan(now + RECEIVED_AFTER, receive)

        def receive(now: datetime) -> None:
            receipt = browser.open(bought.url).form_to("/receipt")
            if receipt is None:
                return
            browser.submit(receipt, {})
            if self._rng.random() < SPEAKS:
                self._plan(now + SAID_AFTER, say)

        def say(now: datetime) -> None:
            for link in _to_rate(browser.open(bought.url)):
                form = browser.open(link).form_with("text")
                if form is not None:
                    browser.submit(form, self._opinion(form, language))

        self._plan(at + SENT_AFTER, send)

    def work(self, at: datetime) -> int:
        """Do what is due by `at`. Returns how many errands."""
        done = 0
        while self._due and self._due[0].at <= at:
            due = heapq.heappop(self._due)
            done += 1
            try:
                due.errand(at)
            except Problem:
                continue  # cancelled, suspended, sent by a seller who was awake: nothing to do for a postman
        return done

    def _plan(self, at: datetime, errand: Errand) -> None:
        self._count += 1
        heapq.heappush(self._due, _Due(at, self._count, errand))

    def _opinion(self, form: Form, language: str) -> dict[str, str]:
        stars = self._rng.choices((5, 4, 3, 2, 1), (62, 24, 7, 4, 3))[0]
        told = {"text": review(language, stars, 2, False, self._rng)}
        for name in ("stars", "described", "communication", "shipping"):
            if name in form.choices | form.fields:
                told[name] = str(stars)
        return told


def _to_rate(order: Page) -> list[str]:
    """The pages on which the lines of the order are rated."""
    return [link for link in order.links_with("/lines/") if urlsplit(link).path.endswith("/feedback")]
