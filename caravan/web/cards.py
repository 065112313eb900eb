"""Product cards ready to draw: every text is made here, the template only places it. Forty-eight a page: each line counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from babel import numbers
from django.utils.translation import ngettext

from caravan.insight.rules import shown
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.search.queries import Card
from caravan.web.addresses import addresses
from caravan.web.wording import said as _

NEW_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class CardPicture:
    """`webp` is a srcset up to 640 pixels: no card is wider."""

    src: str
    webp: str
    width: int
    height: int
    alt: str
    avif: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """What `components/product_card.html` draws."""

    id: UUID
    url: str
    title: str
    price_text: str
    rating: float | None
    rating_text: str
    reviews_text: str
    sold_text: str
    store_name: str
    store_url: str
    badges: tuple[tuple[str, str], ...]
    picture: CardPicture | None
    rank: int | None = None
    list_price_text: str = ""
    approx_text: str = ""


def card_views(cards: Iterable[Card], *, market: Market, at: datetime, ranked: bool = False) -> list[CardView]:
    """The cards in the words and formats of `market`; `ranked` numbers them from 1."""
    words, to = _Words(market), addresses()
    return [
        CardView(
            id=card.id,
            url=to.product(card.slug, card.id),
            title=card.title,
            price_text=words.price(card),
            rating=card.rating,
            rating_text=_decimal(round(card.rating, 1), market.locale) if card.rating else "",
            reviews_text=number_text(card.ratings, market.locale),
            sold_text=_sold(card.buyers, market.locale),
            store_name=card.store_name,
            store_url=to.store(card.store_slug),
            badges=words.badges(card, at),
            picture=_picture(card),
            rank=rank if ranked else None,
        )
        for rank, card in enumerate(cards, start=1)
    ]


class _Words:
    """Translations, looked up once a page rather than once a card."""

    def __init__(self, market: Market) -> None:
        self._locale = market.locale
        self._from = _("from %(price)s")
        self._new = _("New")
        self._sold_out = _("Sold out")
        self._elsewhere = _("Not delivered to %(country)s") % {"country": market.country.name(market.language)}

    def price(self, card: Card) -> str:
        text = price_text(card.price.minor, card.price.currency, self._locale)
        return self._from % {"price": text} if card.varies else text

    def badges(self, card: Card, at: datetime) -> tuple[tuple[str, str], ...]:
        found = []
        if not card.in_stock:
            found.append(("", self._sold_out))
        elif at - card.published_at < NEW_FOR:
            found.append(("new", self._new))
        if not card.delivers:
            found.append(("warn", self._elsewhere))
        return tuple(found)


@lru_cache(maxsize=16_384)
def _sold(buyers: int, locale: str) -> str:
    """In bands where few buyers stand behind the figure, as everywhere in the market. A locale has one language."""
    if not buyers:
        return ""
    seen = shown(buyers, buyers=buyers)
    count = _compact(seen.low, locale) if seen.exact else str(seen).replace("-", "–")
    return ngettext("%(count)s buyer", "%(count)s buyers", seen.high or seen.low) % {"count": count}


def _picture(card: Card) -> CardPicture | None:
    found = card.picture
    if found is None:
        return None
    narrow = found.webp.rpartition(", ")[0] if found.webp.endswith(" 1280w") else found.webp
    return CardPicture(found.src, narrow, found.width, found.height, found.alt)


@lru_cache(maxsize=65_536)
def price_text(minor: int, currency: str, locale: str) -> str:
    return numbers.format_currency(Money(minor, currency).decimal, currency, locale=locale)


@lru_cache(maxsize=4_096)
def _decimal(value: float, locale: str) -> str:
    return numbers.format_decimal(value, format="0.0", locale=locale)


@lru_cache(maxsize=16_384)
def number_text(value: int, locale: str) -> str:
    return numbers.format_decimal(value, locale=locale)


@lru_cache(maxsize=16_384)
def _compact(value: int, locale: str) -> str:
    return numbers.format_compact_decimal(value, locale=locale, fraction_digits=1 if value < 10_000 else 0)
