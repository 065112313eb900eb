"""How a shopper goes about it: searches or strolls, looks at a few things, now and then buys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random
from typing import NamedTuple
from urllib.parse import quote

from caravan.kernel.markets import country
from caravan.project.demo.content.catalogue import ProductType, product_types
from caravan.project.demo.content.places import DemoMarket, markets
from caravan.project.demo.shoppers.browser import Browsing
from caravan.project.demo.shoppers.page import Form, Page
from caravan.project.demo.world.seasons import demand

CARD = {"card_number": "4242 4242 4242 4242", "card_expiry": "12/39", "card_code": "123"}
MOST_LOOKED_AT = 9


class Bought(NamedTuple):
    """The page of an order that was paid: all that its buyer needs to come back to it."""

    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a market, and what they have in mind."""

    market: DemoMarket
    language: str
    wants: ProductType
    name: str
    email: str

    @property
    def home(self) -> str:
        return f"/{self.language}-{self.market.code.lower()}/"


def somebody(today: date, rng: Random) -> Person:
    """A visitor of any market, with the wishes of the season there."""
    market = rng.choices(markets(), [m.share for m in markets()])[0]
    languages, shares = zip(*market.languages, strict=True)
    latitude, kinds = country(market.code).latitude, product_types()
    weights = accumulate(kind.demand * demand(kind.season, latitude, today) for kind in kinds)
    wants = rng.choices(kinds, cum_weights=list(weights))[0]
    email = f"shopper-{rng.getrandbits(40):010x}@demo.example"
    return Person(market, rng.choices(languages, shares)[0], wants, market.name(rng), email)


def visit(person: Person, browser: Browsing, rng: Random) -> Iterator[Bought | None]:
    """One visit, a page at a time: yields after each page, an order's page where one was paid."""
    page = browser.open(_entrance(person, rng))
    yield None
    for _ in range(MOST_LOOKED_AT):
        goods = page.links_with("/p/")
        if not goods:
            return
        page = browser.open(goods[int(len(goods) * rng.random() ** 2)])
        yield None
        form = page.form_to("/cart/lines")
        if form is not None and rng.random() < 0.22 * person.market.rate:
            page = browser.submit(form, {})
            yield None
            if rng.random() < 0.6:
                yield from _buy(person, browser, rng)
                return
        if rng.random() < 0.3:
            return
        if rng.random() < 0.5:
            page = browser.open(_entrance(person, rng))
            yield None


def _entrance(person: Person, rng: Random) -> str:
    """Where they look next: a search, the category, or the front page."""
    leaf, luck = person.wants.leaf, rng.random()
    if luck < 0.5:
        spelled = leaf.words_in(person.language)
        word = rng.choice(spelled.wrong if rng.random() < 0.08 else spelled.right)
        return f"{person.home}search?q={quote(word)}"
    return f"{person.home}c/{leaf.path}/" if luck < 0.85 else person.home


def _buy(person: Person, browser: Browsing, rng: Random) -> Iterator[Bought | None]:
    """Through the checkout as a guest, as far as its pages lead."""
    page = browser.open(f"{person.home}checkout")
    yield None
    form = page.form_to("/checkout")
    if form is None:
        return
    page = browser.submit(form, address(person, form, rng))
    yield None
    form = page.form_with("card_number")
    if form is None or rng.random() < 0.05:
        return
    page = browser.submit(form, CARD)
    for url in _orders(page):
        yield Bought(url)


def address(person: Person, form: Form, rng: Random) -> dict[str, str]:
    """What goes into those fields of the form that are about the buyer."""
    place = rng.choice(person.market.places)
    known = {
        "email": person.email,
        "name": person.name,
        "country_code": person.market.code,
        "street_address": person.market.street(rng),
        "city": place.city,
        "city_area": place.city_area,
        "country_area": place.area,
        "postal_code": place.postal_code,
    }
    return {name: value for name, value in known.items() if name in form.fields}


def _orders(page: Page) -> list[str]:
    """The orders that the page thanks for."""
    return [link for link in page.links_with("/orders/") if "key=" in link] if page.path.endswith("/thanks") else []
