"""A handful of shoppers at a time, one page after the other, at a steady pace."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random

from caravan.kernel.clock import now
from caravan.project.demo.shoppers.browser import Browser
from caravan.project.demo.shoppers.carrier import Carrier
from caravan.project.demo.shoppers.postmen import Postmen
from caravan.project.demo.shoppers.shopper import Bought, Person, somebody, visit

AT_ONCE = 8
log = logging.getLogger(__name__)


class Guest:
    """Somebody on the site, with their browser."""

    def __init__(self, site: str, address: str, at: datetime, rng: Random) -> None:
        self.person: Person = somebody(at.date(), rng)
        self.browser = Browser(site, address)
        self.steps: Iterator[Bought | None] = visit(self.person, self.browser, rng)


def shop(site: str, pace: float, postmen: Postmen, rng: Random, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Look at about `pace` pages a second of `site` while `goes_on`. A site that is away is waited for.

    Returns how many pages were seen.
    """
    guests: list[Guest] = []
    carrier = Carrier(site)
    pages = 0
    while goes_on():
        at, began = now(), time.monotonic()
        if len(guests) < AT_ONCE:
            guests.append(Guest(site, f"127.{rng.randint(1, 250)}.{rng.randint(0, 250)}.{rng.randint(1, 250)}", at, rng))
        guest = rng.choice(guests)
        try:
            bought = next(guest.steps)
            pages += 1
            if bought is not None:
                postmen.take(bought, guest.browser, guest.person.language, at)
            postmen.work(at)
            carrier.work(at)
        except StopIteration:
            guests.remove(guest)
            continue
        except OSError as away:
            log.info("shoppers: %s", away)
            guests.clear()
            time.sleep(2)
        time.sleep(max(0.0, rng.expovariate(pace) - (time.monotonic() - began)))
    return pages
